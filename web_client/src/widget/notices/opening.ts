/** Where a notice leads. */
import type { Notice } from '../../protocol/generated';
import type { Screen } from '../widget';

export function screenOf({ order_id: order, review_id: review }: Notice): Screen {
  if (order !== undefined) return { kind: 'rate', order };
  return review === undefined ? { kind: 'reviews' } : { kind: 'reviews', review };
}
