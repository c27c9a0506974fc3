/** Another conversation of the two, looked into because of their case. */
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';

import { t } from '../../i18n';
import { useDocket } from './context';
import { everyEvent, type Opened } from './docket';
import { ThreadDialog } from './ThreadDialog';

export function LookInto({ opened: { dispute, around }, thread }: { opened: Opened; thread: string }): JSX.Element {
  const docket = useDocket();
  const load = useCallback(
    () => everyEvent((after, limit) => docket.api.caseEvents(dispute.id, thread, after, limit)),
    [docket, dispute.id, thread],
  );
  const found = around.threads.find(({ thread_id: id }) => id === thread);
  const title = found?.kind === 'product' ? found.title : t('console.disputes.thread.order');
  return <ThreadDialog title={title} parties={dispute} load={load} onClose={() => { docket.looksInto.value = null; }} />;
}
