/** Where a notice leads. */
import type { Notice } from '../../protocol/generated';
import type { Screen } from '../widget';

export function screenOf({ order_id: order, review_id: review, dispute_id: dispute, complaint_id: complaint }: Notice): Screen {
  if (dispute !== undefined) return { kind: 'dispute', id: dispute };
  if (complaint !== undefined) return { kind: 'complaint', id: complaint };
  if (order !== undefined) return { kind: 'rate', order };
  return review === undefined ? { kind: 'reviews' } : { kind: 'reviews', review };
}

/** Whether somebody is there already, in a room that follows by itself what happens in it. */
export function isAt(screen: Screen | undefined, { dispute_id: dispute, complaint_id: complaint }: Notice): boolean {
  if (screen?.kind === 'dispute') return screen.id === dispute;
  return screen?.kind === 'complaint' && screen.id === complaint;
}
