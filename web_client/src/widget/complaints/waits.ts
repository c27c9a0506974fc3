/** Whether a buyer has waited so long that he is asked, and what is shown of his complaint; the server has the last word. */
import type { ComplaintView } from '../../protocol/generated';
import type { Thread } from '../../state/model';
import { isOver } from '../../ui/complaints/words';

const HOUR_MS = 3600 * 1000;
export const DAY_MS = 24 * HOUR_MS;

/** As the server counts it, but for holidays. */
const COMPLAIN_AFTER_MS = 48 * HOUR_MS;

/** So long a complaint that is over is shown in its conversation: no other may be made meanwhile. */
const SHOWN_MS = 7 * DAY_MS;

/** Whether it is one with a shop, seen by its buyer: about any other nobody complains. */
export function isWithShop({ view }: Thread): boolean {
  return view.my_side === 'customer' && (view.kind === 'product' || view.kind === 'order');
}

/** When the oldest message of the buyer was written that nobody of the shop has answered; null where none waits. */
export function waitsSince({ timeline }: Thread): number | null {
  if (timeline === null || timeline.moreAfter) return null;
  let since: number | null = null;
  for (const event of timeline.events) {
    if (event.kind !== 'posted' || event.withdrawn === true) continue;
    if (event.side === 'customer') since ??= event.at;
    // What a shop says by itself has no author.
    else if (event.author !== undefined) since = null;
  }
  return since;
}

export function hasWaited(since: number, now: number): boolean {
  return now - since > COMPLAIN_AFTER_MS;
}

/** Whether something of a complaint stands in what is known of a conversation. */
export function tellsOfComplaint({ timeline }: Thread): boolean {
  return timeline?.events.some((event) => event.kind === 'state' && event.code.startsWith('complaint.')) ?? false;
}

/** Whether a complaint is shown in its conversation. */
export function isShown(view: ComplaintView, now: number): boolean {
  return !isOver(view) || now - (view.closed_at ?? view.opened_at) < SHOWN_MS;
}
