/** One product: picture, price, words, and the way to its seller. */
import type { JSX } from 'preact';
import { has, t } from '../src/i18n';
import { formatMoney } from '../src/i18n/more';
import { Avatar } from '../src/ui/parts/Avatar';
import { Button } from '../src/ui/parts/Button';
import { EmptyState } from '../src/ui/parts/EmptyState';
import { ArrowLeftIcon, ChatIcon, ClockIcon, SearchIcon, ShieldCheckIcon, TruckIcon } from '../src/ui/parts/icons';
import { Skeleton } from '../src/ui/parts/Skeleton';
import { parley } from './embed';
import { listOf, products } from './market';
import { Card, kindOf } from './Products';
import { Reviews } from './Reviews';
import type { DemoProduct } from './server';

export function Product({ product }: { product: DemoProduct | undefined }): JSX.Element {
  return (
    <div class="product">
      <a class="back" href="#/">
        <ArrowLeftIcon size={16} />
        {t('demo.back')}
      </a>
      {product ? <Detail product={product} /> : <Missing />}
    </div>
  );
}

function Missing(): JSX.Element {
  if (products.value.kind === 'loading') return <Skeleton height="420px" />;
  return <EmptyState icon={SearchIcon} title={t('demo.not_found')} />;
}

function Detail({ product }: { product: DemoProduct }): JSX.Element {
  const words = `demo.product.${product.id}.text`;
  const others = listOf(products.value).filter(({ id, shop }) => shop === product.shop && id !== product.id);
  return (
    <>
      <article class="detail">
        <img class="detail-art" src={product.photo} alt="" width="400" height="400" />
        <div class="detail-words">
          <h1>{product.title}</h1>
          <p class="detail-kind">{kindOf(product.id)}</p>
          <p class="detail-price figures">
            <span class="unseen">{t('demo.price')}</span>
            {formatMoney(product.price)}
          </p>
          <p class="detail-text">{has(words) && t(words)}</p>
          <Button
            kind="primary"
            size="l"
            icon={ChatIcon}
            wide
            onClick={() => {
              parley('contactSeller', product.id);
            }}
          >
            {t('demo.contact')}
          </Button>
          <Seller shop={product.shop} />
          <Facts />
        </div>
      </article>
      <Reviews product={product.id} />
      {others.length > 0 && (
        <section class="block">
          <h2>{t('demo.more_from', { shop: product.shop })}</h2>
          <ul class="grid">
            {others.slice(0, 4).map((other) => (
              <Card key={other.id} product={other} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Seller({ shop }: { shop: string }): JSX.Element {
  return (
    <div class="seller">
      <Avatar name={shop} size={40} shape="square" />
      <div>
        <p class="seller-name">{t('demo.sold_by', { shop })}</p>
        <p class="quiet seller-answers">
          <ClockIcon size={14} />
          {t('demo.answers')}
        </p>
      </div>
    </div>
  );
}

function Facts(): JSX.Element {
  return (
    <ul class="facts">
      <li>
        <TruckIcon size={18} />
        {t('demo.delivery')}
      </li>
      <li>
        <ShieldCheckIcon size={18} />
        {t('demo.protection')}
      </li>
    </ul>
  );
}
