/** Which shop's reviews are shown, for who has several. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { useDesk } from '../desk-context';

export function ShopPick(): JSX.Element | null {
  const { client, reviews } = useDesk();
  const { shops } = client.chat.value;
  if (shops.length < 2) return null;
  return (
    <select
      class="reviews-shop"
      aria-label={t('inbox.reviews.shop')}
      value={reviews.shop.value ?? ''}
      onChange={({ currentTarget }) => {
        reviews.visit({ shop: currentTarget.value });
      }}
    >
      {shops.map(({ id, name }) => {
        const count = reviews.toAnswer.value.get(id) ?? 0;
        return (
          <option key={id} value={id}>
            {count > 0 ? t('inbox.reviews.shop.waiting', { name, count }) : name}
          </option>
        );
      })}
    </select>
  );
}
