/** What a conversation is about, in one strip under its head: the product with its price, or the order with its state. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { formatMoney } from '../../i18n/more';
import type { OrderView, ProductView, ThreadView } from '../../protocol/generated';
import { OrderBadge } from '../orders/OrderBadge';
import { ExternalLinkIcon, PackageIcon, ShoppingBagIcon } from '../parts/icons';
import { Picture } from './SubjectPicture';
import './subject-card.css';

export interface SubjectCardProps {
  view: ThreadView;
  /** Shows the order in full. */
  onOrder?: ((order: OrderView) => void) | undefined;
}

export function SubjectCard({ view, onOrder }: SubjectCardProps): JSX.Element | null {
  if (view.order !== undefined) return <OrderStrip order={view.order} onOrder={onOrder} />;
  return view.product === undefined ? null : <ProductStrip product={view.product} />;
}

function ProductStrip({ product }: { product: ProductView }): JSX.Element {
  const url = safeUrl(product.url ?? '');
  const words = (
    <>
      <Picture address={product.photo_url ?? ''} size={36} rest={<Blank icon={<ShoppingBagIcon size={18} />} />} />
      <span class="subject-words">
        <span class="subject-title clip" dir="auto">
          {product.title}
        </span>
        {product.price && <span class="figures quiet">{formatMoney(product.price)}</span>}
      </span>
    </>
  );
  if (url === null) return <div class="subject">{words}</div>;
  return (
    <a class="subject" href={url} target="_blank" rel="noopener noreferrer">
      {words}
      <span class="unseen">{t('product.view')}</span>
      <ExternalLinkIcon size={15} />
    </a>
  );
}

function OrderStrip({ order, onOrder }: { order: OrderView; onOrder: SubjectCardProps['onOrder'] }): JSX.Element {
  const words = (
    <>
      <Picture address={order.lines[0]?.photo_url ?? ''} size={36} rest={<Blank icon={<PackageIcon size={18} />} />} />
      <span class="subject-words">
        <span class="subject-title clip">{t('order.number', { number: order.number })}</span>
        <span class="figures quiet">
          {formatMoney(order.total)} · {t('order.items', { count: order.lines.length })}
        </span>
      </span>
      <OrderBadge state={order.state} />
    </>
  );
  if (onOrder === undefined) return <div class="subject">{words}</div>;
  return (
    <button
      type="button"
      class="subject"
      onClick={() => {
        onOrder(order);
      }}
    >
      {words}
    </button>
  );
}

function Blank({ icon }: { icon: JSX.Element }): JSX.Element {
  return <span class="subject-blank">{icon}</span>;
}

/** A product's page, where it is a page. */
function safeUrl(url: string): string | null {
  return /^https?:\/\//u.test(url) ? url : null;
}
