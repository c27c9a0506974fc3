/** Reviews of a shop, for tests. */
import type { SellerCard, ShopReview } from '../src/protocol/generated';

export const SHOP = { id: '00000000000000bb', name: 'Liman' };

/** The review number `number`; the higher, the newer. */
export function shopReview(number: number, parts: Partial<ShopReview> = {}): ShopReview {
  return {
    id: number.toString(16).padStart(16, '0'),
    about: { order_id: '0000000000000001', line_id: '0000000000000002', title: `Cup ${String(number)}`, photo_url: '', shop: SHOP },
    stars: 5,
    author: 'A',
    country: 'MD',
    rated_at: 1_800_000_000_000 + number,
    ...parts,
  };
}

export function sellerCard(parts: Partial<SellerCard> = {}): SellerCard {
  return { shop: SHOP, is_new: false, per_mille: 987, positive: 78, neutral: 2, negative: 1, score: 77, ...parts };
}
