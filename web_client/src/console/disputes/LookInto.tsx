/** Another conversation of the two, looked into because of their case. That somebody looked is kept. */
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';

import { t } from '../../i18n';
import { Banner } from '../../ui/parts/Banner';
import { Button } from '../../ui/parts/Button';
import { Dialog } from '../../ui/parts/Dialog';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon } from '../../ui/parts/icons';
import { EyeIcon } from '../../ui/parts/icons-desk';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { refusalText } from '../../ui/refusals';
import { useLoaded } from '../use-loaded';
import { useDocket } from './context';
import { everyEvent, type Opened } from './docket';
import { Said } from './Said';

export function LookInto({ opened: { dispute, around }, thread }: { opened: Opened; thread: string }): JSX.Element {
  const docket = useDocket();
  const { value, refusal, reload } = useLoaded(useCallback(() => everyEvent(docket.api, dispute.id, thread), [docket, dispute.id, thread]));
  const found = around.threads.find(({ thread_id: id }) => id === thread);
  const title = found?.kind === 'product' ? found.title : t('console.disputes.thread.order');
  return (
    <Dialog title={title} look="sheet" onClose={() => { docket.looksInto.value = null; }}>
      <Banner icon={EyeIcon}>{t('console.disputes.looked')}</Banner>
      {value === null && refusal === null && <SkeletonRows label={t('common.loading')} />}
      {value === null && refusal !== null && (
        <EmptyState icon={AlertIcon} title={refusalText(refusal)} compact>
          <Button size="s" onClick={reload}>{t('common.retry')}</Button>
        </EmptyState>
      )}
      {value?.length === 0 && <p class="quiet">{t('console.disputes.words.none')}</p>}
      {value !== null && <Said events={value} dispute={dispute} withSteps />}
    </Dialog>
  );
}
