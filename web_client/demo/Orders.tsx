/** The signed-in buyer's orders, as a strip. */
import type { JSX } from 'preact';
import { t } from '../src/i18n';
import { formatDate, formatMoney } from '../src/i18n/more';
import type { OrderView } from '../src/protocol/generated';
import { OrderBadge } from '../src/ui/orders/OrderBadge';
import { Button } from '../src/ui/parts/Button';
import { ChatIcon } from '../src/ui/parts/icons';
import { Skeleton } from '../src/ui/parts/Skeleton';
import { parley } from './embed';
import { orders } from './market';

export function Orders(): JSX.Element | null {
  const loaded = orders.value;
  if (loaded.kind === 'failed') return null;
  return (
    <section class="block" aria-labelledby="orders-title">
      <h2 id="orders-title">{t('demo.orders')}</h2>
      {loaded.kind === 'ready' && loaded.value.length === 0 && <p class="quiet">{t('demo.orders.empty')}</p>}
      <ul class="strip" aria-busy={loaded.kind === 'loading'}>
        {loaded.kind === 'loading' && (
          <li class="order" aria-hidden="true">
            <Skeleton height="92px" />
          </li>
        )}
        {loaded.kind === 'ready' && loaded.value.map((order) => <OrderTile key={order.id} order={order} />)}
      </ul>
    </section>
  );
}

function OrderTile({ order }: { order: OrderView }): JSX.Element {
  const count = order.lines.reduce((sum, line) => sum + (line.quantity ?? 1), 0);
  return (
    <li class="order">
      <div class="order-top">
        <div class="order-art">
          {order.lines.slice(0, 2).map((line) => (
            <img key={line.id} src={line.photo_url ?? ''} alt="" width="48" height="48" />
          ))}
        </div>
        <OrderBadge state={order.state} />
      </div>
      <p class="order-name">{order.lines[0]?.title}</p>
      <p class="quiet order-facts figures">
        <bdi>{order.number}</bdi> · <bdi>{formatDate(order.placed_at)}</bdi> · {t('order.items', { count })}
      </p>
      <div class="order-end">
        <strong class="figures">{formatMoney(order.total)}</strong>
        <Button
          size="s"
          icon={ChatIcon}
          onClick={() => {
            parley('openOrder', order.id);
          }}
        >
          {t('demo.message_seller')}
        </Button>
      </div>
    </li>
  );
}
