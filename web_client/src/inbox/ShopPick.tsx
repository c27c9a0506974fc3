/** Which shop a room shows, for who has several. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { useDesk } from './desk-context';

export interface ShopPickProps {
  shop: string | null;
  /** The name of a shop, with what waits there. */
  nameOf?: (shop: { id: string; name: string }) => string;
  onPick: (shop: string) => void;
}

export function ShopPick({ shop, nameOf, onPick }: ShopPickProps): JSX.Element | null {
  const { shops } = useDesk().client.chat.value;
  if (shops.length < 2) return null;
  return (
    <select
      class="room-shop"
      aria-label={t('inbox.reviews.shop')}
      value={shop ?? ''}
      onChange={({ currentTarget }) => {
        onPick(currentTarget.value);
      }}
    >
      {shops.map((one) => (
        <option key={one.id} value={one.id}>
          {nameOf?.(one) ?? one.name}
        </option>
      ))}
    </select>
  );
}
