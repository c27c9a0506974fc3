/** The product that a buyer asks about. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { formatMoney } from '../i18n/more';
import type { ProductView } from '../protocol/generated';
import { ExternalLinkIcon, ShoppingBagIcon } from '../ui/parts/icons';
import { Picture } from '../ui/threads/SubjectPicture';
import { Block } from './Details';

export function ProductDetails({ product }: { product: ProductView }): JSX.Element {
  const url = /^https?:\/\//u.test(product.url ?? '') ? product.url : undefined;
  return (
    <Block title={t('product.label')}>
      <div class="product-card">
        <Picture address={product.photo_url ?? ''} size={264} rest={<span class="product-blank"><ShoppingBagIcon size={28} /></span>} />
        <p class="product-title">
          <bdi>{product.title}</bdi>
        </p>
        {product.price && <p class="figures product-price">{formatMoney(product.price)}</p>}
        {url !== undefined && (
          <a class="product-link" href={url} target="_blank" rel="noopener noreferrer">
            {t('product.view')}
            <ExternalLinkIcon size={14} />
          </a>
        )}
      </div>
    </Block>
  );
}
