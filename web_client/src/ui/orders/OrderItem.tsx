/** One order in a list: what was bought, for how much, how far it is. */
import type { ComponentChildren, JSX } from 'preact';

import { t } from '../../i18n';
import { formatDate, formatMoney } from '../../i18n/more';
import type { OrderView } from '../../protocol/generated';
import { PackageIcon } from '../parts/icons';
import { Picture } from '../threads/SubjectPicture';
import { OrderBadge } from './OrderBadge';
import './orders.css';

export interface OrderItemProps {
  order: OrderView;
  onOpen: (order: OrderView) => void;
  /** Beside the state: what may be done. */
  hint?: ComponentChildren;
}

export function OrderItem({ order, onOpen, hint }: OrderItemProps): JSX.Element {
  const [first] = order.lines;
  return (
    <button
      type="button"
      class="order-item"
      onClick={() => {
        onOpen(order);
      }}
    >
      <Picture address={first?.photo_url ?? ''} size={52} rest={<Blank />} />
      <span class="order-item-words">
        <span class="order-item-title clip" dir="auto">
          {first?.title ?? t('order.number', { number: order.number })}
        </span>
        <span class="order-item-facts figures clip">
          {t('order.number', { number: order.number })} · {formatDate(order.placed_at)}
        </span>
        <span class="order-item-foot">
          <span class="order-item-states">
            <OrderBadge state={order.state} />
            {hint}
          </span>
          <span class="order-item-total figures">{formatMoney(order.total)}</span>
        </span>
      </span>
    </button>
  );
}

function Blank(): JSX.Element {
  return (
    <span class="order-blank">
      <PackageIcon size={22} />
    </span>
  );
}
