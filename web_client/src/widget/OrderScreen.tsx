/** One order: what it is, how far it is, what can be done now. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';

import { t } from '../i18n';
import type { OrderLine, OrderView } from '../protocol/generated';
import { refusalOf, type Refusal } from '../protocol/refusal';
import { useClient } from '../ui/client';
import { ConfirmReceipt } from '../ui/orders/ConfirmReceipt';
import { OrderDetails } from '../ui/orders/OrderDetails';
import { Button } from '../ui/parts/Button';
import { EmptyState } from '../ui/parts/EmptyState';
import { AlertIcon, ChatIcon } from '../ui/parts/icons';
import { SkeletonRows } from '../ui/parts/Skeleton';
import { refusalText } from '../ui/refusals';
import { ConnectionBanner } from '../ui/threads/ConnectionBanner';
import { LineDispute } from './disputes/LineDispute';
import { useDisputes } from './disputes/of';
import { findOrder } from './find-order';
import { Head } from './Head';
import { newest } from './newest';
import { LineRating } from './reviews/LineRating';
import { useReviews } from './reviews/of';
import type { Place } from './widget';
import { useWidget } from './widget-context';

export function OrderScreen({ place }: { place: Place }): JSX.Element | null {
  return place.kind === 'order' ? <Order key={place.id} id={place.id} /> : null;
}

function isOrder(found: OrderView | Refusal | null): found is OrderView {
  return found !== null && !(found instanceof Error);
}

function Order({ id }: { id: string }): JSX.Element {
  const client = useClient();
  const widget = useWidget();
  const [found, setFound] = useState<OrderView | Refusal | null>(null);
  const load = useCallback(() => {
    findOrder(client, id).then(
      (order) => { setFound((held) => (isOrder(held) ? newest(held, order) : order)); },
      (thrown: unknown) => { setFound((held) => (isOrder(held) ? held : refusalOf(thrown))); },
    );
  }, [client, id]);
  // What happened while nobody listened was told to nobody.
  useEffect(load, [load, client.connection.value.kind === 'open']);

  const order = isOrder(found) ? newest(found, client.chat.value.orders.get(found.id)) : null;
  const isReceived = order?.received_at !== undefined;
  useRatings(order);
  const disputes = useDisputes();
  useEffect(() => {
    void disputes.refresh();
  }, [disputes]);
  const under = useCallback(
    ({ id: line }: OrderLine) => (
      <div class="line-deeds">
        {isReceived && <LineRating line={line} />}
        {order !== null && <LineDispute order={order} line={line} />}
      </div>
    ),
    [isReceived, order],
  );
  const isMissed = order !== null && disputes.openOf(order.id).some(({ reason }) => reason === 'not_received');
  return (
    <>
      <Head title={order === null ? t('order.label') : t('order.number', { number: order.number })} />
      <ConnectionBanner />
      <div class="list scroll">
        {found === null && <SkeletonRows label={t('common.loading')} />}
        {found instanceof Error && (
          <EmptyState icon={AlertIcon} title={t('order.error')} text={refusalText(found)}>
            <Button onClick={() => { setFound(null); load(); }}>{t('common.retry')}</Button>
          </EmptyState>
        )}
        {order !== null && <OrderDetails order={order} under={under} />}
      </div>
      {order !== null && (
        <div class="deeds">
          <ConfirmReceipt order={order} onConfirmed={setFound} withdraws={isMissed} />
          <Button
            size="l"
            wide
            icon={ChatIcon}
            onClick={() => {
              widget.push({ kind: 'opening', order: order.id });
            }}
          >
            {t('order.message_seller')}
          </Button>
        </div>
      )}
    </>
  );
}

/** Fetches what its lines were given: nothing of it is older than its receipt. */
function useRatings(order: OrderView | null): void {
  const mine = useReviews();
  const since = order?.received_at;
  useEffect(() => {
    if (since === undefined) return;
    void mine.refresh().then(() => mine.find((given) => given.some(({ rated_at: at }) => at < since)));
  }, [mine, since]);
}
