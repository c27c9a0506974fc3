/** What the buyer ordered, newest first. */
import type { JSX } from 'preact';
import { useCallback, useEffect } from 'preact/hooks';

import { t } from '../i18n';
import type { OrderView } from '../protocol/generated';
import { useClient } from '../ui/client';
import { OrderItem } from '../ui/orders/OrderItem';
import { Button, IconButton } from '../ui/parts/Button';
import { EmptyState } from '../ui/parts/EmptyState';
import { Badge } from '../ui/parts/Badge';
import { AlertIcon, PackageIcon, ScaleIcon, StarIcon } from '../ui/parts/icons';
import { SkeletonRows } from '../ui/parts/Skeleton';
import { panelId, tabId } from '../ui/parts/Tabs';
import { refusalText } from '../ui/refusals';
import { ConnectionBanner } from '../ui/threads/ConnectionBanner';
import { usePages } from '../ui/use-pages';
import { OrderHint } from './disputes/OrderHint';
import { useDisputes } from './disputes/of';
import { Head } from './Head';
import { newest } from './newest';
import { useReviews } from './reviews/of';
import { useRenewed } from './use-renewed';
import { useWidget } from './widget-context';

export function OrdersScreen(): JSX.Element {
  const client = useClient();
  const widget = useWidget();
  const load = useCallback(
    async (before: string) => {
      const { orders, next = '' } = await client.api.orders(before);
      return { items: orders, next };
    },
    [client],
  );
  const pages = usePages<OrderView>(load);
  useRenewed(pages, load);
  const fresh = client.chat.value.orders;
  const toRate = useToRate();
  const disputes = useDisputes();
  useEffect(() => {
    void disputes.refresh();
  }, [disputes]);

  return (
    <>
      <Head title={t('home.orders')}>
        <Button size="s" kind="quiet" icon={StarIcon} onClick={() => { widget.push({ kind: 'reviews' }); }}>
          {t('review.mine')}
        </Button>
        <IconButton icon={ScaleIcon} label={t('complaint.cases')} onClick={() => { widget.push({ kind: 'cases' }); }} />
      </Head>
      <ConnectionBanner />
      <div class="list scroll" role="tabpanel" id={panelId('', 'orders')} aria-labelledby={tabId('', 'orders')} onScroll={pages.onScroll}>
        {pages.items === null && pages.refusal === null && <SkeletonRows label={t('common.loading')} />}
        {pages.refusal !== null && (
          <EmptyState icon={AlertIcon} title={t('order.error')} text={refusalText(pages.refusal)}>
            <Button onClick={pages.again}>{t('common.retry')}</Button>
          </EmptyState>
        )}
        {pages.items?.length === 0 && <EmptyState icon={PackageIcon} title={t('order.empty')} text={t('order.empty.text')} />}
        {pages.items?.map((order) => (
          <OrderItem
            key={order.id}
            order={newest(order, fresh.get(order.id))}
            hint={
              <>
                <OrderHint order={order.id} />
                {toRate.has(order.id) && <Badge tone="brand" icon={StarIcon}>{t('review.rate')}</Badge>}
              </>
            }
            onOpen={({ id }) => {
              widget.push({ kind: 'order', id });
            }}
          />
        ))}
      </div>
    </>
  );
}

/** The orders of which something may be rated. */
function useToRate(): ReadonlySet<string> {
  const mine = useReviews();
  useEffect(() => {
    void mine.refresh();
  }, [mine]);
  return new Set(mine.toRate.value?.map(({ about }) => about.order_id));
}
