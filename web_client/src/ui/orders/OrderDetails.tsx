/** An order in full: its lines, how far it is, what is promised. */
import type { ComponentChildren, JSX } from 'preact';

import { formatWhen, t, type MessageKey } from '../../i18n';
import { formatDate, formatMoney } from '../../i18n/more';
import type { OrderLine, OrderView } from '../../protocol/generated';
import { PackageIcon } from '../parts/icons';
import { Picture } from '../threads/SubjectPicture';
import { OrderSteps } from './OrderSteps';
import './orders.css';

export interface OrderDetailsProps {
  order: OrderView;
  /** What a screen puts under each line. */
  under?: ((line: OrderLine) => ComponentChildren) | undefined;
}

export function OrderDetails({ order, under }: OrderDetailsProps): JSX.Element {
  return (
    <div class="order-details">
      <OrderSteps order={order} />
      <Lines order={order} under={under} />
      <dl class="order-facts">
        {factsOf(order).map(([key, value]) => (
          <div key={key} class="order-fact">
            <dt>{t(key)}</dt>
            <dd class="figures" dir="auto">
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Lines({ order, under }: OrderDetailsProps): JSX.Element {
  return (
    <section aria-label={t('order.lines')}>
      <ul class="order-lines">
        {order.lines.map((line) => (
          <li key={line.id} class="order-line">
            <Picture address={line.photo_url ?? ''} size={44} rest={<span class="order-blank order-blank-s"><PackageIcon size={18} /></span>} />
            <div class="order-line-words">
              <span class="order-line-title" dir="auto">
                {line.title}
                {(line.quantity ?? 1) > 1 && <span class="quiet figures"> × {line.quantity}</span>}
              </span>
              {under?.(line)}
            </div>
            <span class="figures">{formatMoney(line.price)}</span>
          </li>
        ))}
      </ul>
      <p class="order-total">
        <span>{t('order.total')}</span>
        <span class="figures">{formatMoney(order.total)}</span>
      </p>
    </section>
  );
}

type Fact = readonly [MessageKey, string];

/** What is known and still matters, in the order of time. */
function factsOf(order: OrderView): Fact[] {
  const isOver = order.state === 'received' || order.state === 'cancelled';
  const facts: (Fact | null)[] = [
    ['order.shop', order.shop.name],
    ['order.placed_at', formatWhen(order.placed_at)],
    when('order.paid_at', order.paid_at),
    order.state === 'paid' && order.ship_by !== undefined ? ['order.ship_by', formatDate(order.ship_by)] : null,
    when('order.shipped_at', order.shipped_at),
    words('order.carrier', order.carrier),
    words('order.tracking', order.tracking),
    isOver || order.protected_until === undefined ? null : ['order.protected_until', formatDate(order.protected_until)],
    when('order.received_at', order.received_at),
  ];
  return facts.filter((fact) => fact !== null);
}

function when(key: MessageKey, at: number | undefined): Fact | null {
  return at === undefined ? null : [key, formatWhen(at)];
}

function words(key: MessageKey, value: string | undefined): Fact | null {
  return value === undefined || value === '' ? null : [key, value];
}
