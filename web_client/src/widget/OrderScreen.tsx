/** One order: what it is, how far it is, what can be done now. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';

import { t } from '../i18n';
import type { OrderView } from '../protocol/generated';
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
import { findOrder } from './find-order';
import { Head } from './Head';
import type { Place } from './widget';
import { useWidget } from './widget-context';

export function OrderScreen({ place }: { place: Place }): JSX.Element | null {
  return place.kind === 'order' ? <Order key={place.id} id={place.id} /> : null;
}

function Order({ id }: { id: string }): JSX.Element {
  const client = useClient();
  const widget = useWidget();
  const [found, setFound] = useState<OrderView | Refusal | null>(null);
  const load = useCallback(() => {
    setFound(null);
    findOrder(client, id).then(setFound, (thrown: unknown) => {
      setFound(refusalOf(thrown));
    });
  }, [client, id]);
  useEffect(load, [load]);

  const isRefused = found instanceof Error;
  const held = isRefused || found === null ? null : (client.chat.value.orders.get(found.id) ?? found);
  const order = held !== null && !isRefused && found !== null && held.version < found.version ? found : held;
  return (
    <>
      <Head title={order === null ? t('order.label') : t('order.number', { number: order.number })} />
      <ConnectionBanner />
      <div class="list scroll">
        {found === null && <SkeletonRows label={t('common.loading')} />}
        {isRefused && (
          <EmptyState icon={AlertIcon} title={t('order.error')} text={refusalText(found)}>
            <Button onClick={load}>{t('common.retry')}</Button>
          </EmptyState>
        )}
        {order !== null && <OrderDetails order={order} />}
      </div>
      {order !== null && (
        <div class="deeds">
          <ConfirmReceipt order={order} onConfirmed={setFound} />
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
