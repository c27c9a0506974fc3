/** It is opened: who was told, until when there is an answer, and where it goes on. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { DisputeView } from '../../protocol/generated';
import { useClient } from '../../ui/client';
import { Countdown } from '../../ui/disputes/Countdown';
import { Button } from '../../ui/parts/Button';
import { Finished } from '../Finished';
import { Head } from '../Head';
import { useWidget } from '../widget-context';

export function Done({ view }: { view: DisputeView }): JSX.Element {
  const client = useClient();
  const widget = useWidget();
  return (
    <>
      <Head title={t('dispute.wrong')} />
      <div class="wizard-body scroll">
        <Finished title={t('dispute.done')} text={t('dispute.done.text', { shop: view.shop.name })} />
        <Countdown view={view} skew={client.chat.value.skew} />
      </div>
      <div class="deeds">
        <Button size="l" wide kind="primary" onClick={() => { widget.replace({ kind: 'dispute', id: view.id }); }}>
          {t('dispute.show')}
        </Button>
        <Button kind="quiet" wide onClick={() => { widget.back(); }}>
          {t('common.done')}
        </Button>
      </div>
    </>
  );
}
