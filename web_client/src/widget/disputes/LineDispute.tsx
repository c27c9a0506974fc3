/** Under a line of an order: its dispute with what is left of the time, or the way to say that something is wrong. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { OrderView } from '../../protocol/generated';
import { useClient } from '../../ui/client';
import { Countdown } from '../../ui/disputes/Countdown';
import { DisputeState } from '../../ui/disputes/DisputeState';
import { Button } from '../../ui/parts/Button';
import { ScaleIcon } from '../../ui/parts/icons';
import { useWidget } from '../widget-context';
import { useDisputes } from './of';
import { mayDispute } from './may';
import './line-dispute.css';

export function LineDispute({ order, line }: { order: OrderView; line: string }): JSX.Element | null {
  const client = useClient();
  const widget = useWidget();
  const view = useDisputes().ofLine(line);
  if (view !== undefined) {
    return (
      <button type="button" class="line-dispute" onClick={() => { widget.push({ kind: 'dispute', id: view.id }); }}>
        <span class="unseen">{t('dispute.show')}</span>
        <DisputeState view={view} />
        <Countdown view={view} skew={client.chat.value.skew} compact />
      </button>
    );
  }
  if (!mayDispute(order, client.now())) return null;
  return (
    <Button size="s" kind="quiet" class="line-wrong" icon={ScaleIcon} onClick={() => { widget.push({ kind: 'disputing', order: order.id, line }); }}>
      {t('dispute.wrong')}
    </Button>
  );
}
