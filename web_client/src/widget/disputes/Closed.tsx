/** Nothing may be said of it now: why, from when, and what can be done instead. */
import type { JSX } from 'preact';

import { formatWhen, t } from '../../i18n';
import type { DisputeOptions, OrderView } from '../../protocol/generated';
import { Button } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { ChatIcon, ClockIcon, ScaleIcon } from '../../ui/parts/icons';
import { useWidget } from '../widget-context';

export function Closed({ order, options }: { order: OrderView; options: DisputeOptions }): JSX.Element {
  const widget = useWidget();
  const { dispute_id: dispute, not_received_from: from } = options;
  if (dispute !== undefined) {
    return (
      <EmptyState icon={ScaleIcon} title={t('dispute.there_is')} text={options.may_reopen === true ? t('dispute.there_is.reopen') : undefined}>
        <Button kind="primary" onClick={() => { widget.replace({ kind: 'dispute', id: dispute }); }}>{t('dispute.show')}</Button>
      </EmptyState>
    );
  }
  const text = from === undefined ? t('dispute.over.text') : t('dispute.early.text', { date: formatWhen(from) });
  return (
    <EmptyState icon={ClockIcon} title={t(from === undefined ? 'dispute.over' : 'dispute.early')} text={text}>
      <Button icon={ChatIcon} onClick={() => { widget.push({ kind: 'opening', order: order.id }); }}>{t('order.message_seller')}</Button>
      <Button kind="quiet" onClick={() => { widget.show('orders'); }}>{t('home.orders')}</Button>
    </EmptyState>
  );
}
