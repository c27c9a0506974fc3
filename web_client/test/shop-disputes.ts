/** Disputes about a shop, for tests. */
import type { DisputeView } from '../src/protocol/generated';
import { SHOP } from './shop-reviews';

const EURO = (amount: string): { amount: string; currency: string } => ({ amount, currency: 'EUR' });

/** The dispute number `number`, which waits for the shop; the higher, the later due. */
export function shopDispute(number: number, parts: Partial<DisputeView> = {}): DisputeView {
  return {
    id: number.toString(16).padStart(16, '0'),
    thread_id: (number + 0x900).toString(16).padStart(16, '0'),
    state: 'seller_turn',
    revision: 1,
    reason: 'damaged',
    my_side: 'seller',
    order_id: '0000000000000001',
    order_number: 'KV-1',
    line: { id: '0000000000000002', title: `Cup ${String(number)}`, photo_url: '', paid: EURO('12.50'), refundable: EURO('12.50') },
    buyer: { id: '0000000000000101', name: 'Ana Rusu' },
    shop: SHOP,
    opened_at: 1_800_000_000_000 + number,
    asked: { kind: 'full', amount: EURO('12.50') },
    wish: { kind: 'full', amount: EURO('12.50') },
    acts: ['accept', 'reject', 'counter', 'evidence'],
    waits_for: 'seller',
    due_at: 1_800_400_000_000 + number,
    then: 'as_asked',
    ...parts,
  };
}
