/** A buyer who was a visitor on this device is asked whether that conversation goes on. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { t } from '../../i18n';
import { forgetVisitor } from '../../connection/visitor-keep';
import { useClient } from '../../ui/client';
import { Button } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { ChatIcon } from '../../ui/parts/icons';
import { tellRefusal } from '../../ui/refusals';
import { Head } from '../Head';
import { merge } from '../visiting';
import type { Place } from '../widget';
import { useWidget } from '../widget-context';

export function MergeScreen(_props: { place: Place }): JSX.Element {
  const client = useClient();
  const widget = useWidget();
  const [isBusy, setBusy] = useState(false);

  const take = async (): Promise<void> => {
    setBusy(true);
    try {
      const view = await merge(client);
      if (view === null) widget.back();
      else widget.replace({ kind: 'thread', id: view.id });
    } catch (thrown) {
      tellRefusal(thrown);
      setBusy(false);
    }
  };
  const leave = (): void => {
    forgetVisitor();
    widget.back();
  };

  return (
    <>
      <Head title={t('list.support')} />
      <div class="list scroll">
        <EmptyState icon={ChatIcon} title={t('support.merge.title')} text={t('support.merge.text')} />
      </div>
      <div class="deeds">
        <Button kind="primary" size="l" wide busy={isBusy} onClick={() => void take()}>
          {t('support.merge.yes')}
        </Button>
        <Button size="l" wide disabled={isBusy} onClick={leave}>
          {t('support.merge.no')}
        </Button>
      </div>
    </>
  );
}
