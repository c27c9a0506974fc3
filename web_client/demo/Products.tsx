/** The grid of products. */
import type { JSX } from 'preact';
import { has, t } from '../src/i18n';
import { formatMoney } from '../src/i18n/more';
import { Button } from '../src/ui/parts/Button';
import { EmptyState } from '../src/ui/parts/EmptyState';
import { AlertIcon } from '../src/ui/parts/icons';
import { Skeleton } from '../src/ui/parts/Skeleton';
import { loadMarket, products } from './market';
import type { DemoProduct } from './server';

/** What kind of thing a product is, in the reader's language; nothing where the market does not know. */
export function kindOf(id: string): string {
  const key = `demo.product.${id}`;
  return has(key) ? t(key) : '';
}

export function Products(): JSX.Element {
  const loaded = products.value;
  return (
    <section class="block" id="products" aria-labelledby="products-title">
      <h2 id="products-title">{t('demo.all')}</h2>
      {loaded.kind === 'failed' && (
        <EmptyState icon={AlertIcon} title={t('demo.error')}>
          <Button onClick={() => void loadMarket()}>{t('common.retry')}</Button>
        </EmptyState>
      )}
      <ul class="grid" aria-busy={loaded.kind === 'loading'}>
        {loaded.kind === 'loading' && <Placeholders />}
        {loaded.kind === 'ready' && loaded.value.map((product) => <Card key={product.id} product={product} />)}
      </ul>
    </section>
  );
}

export function Card({ product }: { product: DemoProduct }): JSX.Element {
  return (
    <li class="card">
      <a href={`#/product/${product.id}`}>
        <span class="card-art">
          <img src={product.photo} alt="" width="400" height="400" loading="lazy" decoding="async" />
        </span>
        <span class="card-row">
          <strong class="card-title">{product.title}</strong>
          <span class="card-price figures">{formatMoney(product.price)}</span>
        </span>
        <span class="card-kind">{kindOf(product.id)}</span>
        <span class="card-shop quiet">{product.shop}</span>
      </a>
    </li>
  );
}

function Placeholders(): JSX.Element {
  return (
    <>
      {Array.from({ length: 8 }, (_, index) => (
        <li class="card" key={index} aria-hidden="true">
          <span class="card-art">
            <Skeleton height="100%" />
          </span>
          <Skeleton width="60%" />
          <Skeleton width="40%" height="10px" />
        </li>
      ))}
    </>
  );
}
