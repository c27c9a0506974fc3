/** Whether anything may be said of an order's lines, so that no screen offers what the server would refuse. */
import type { OrderView } from '../../protocol/generated';

export const DAY_MS = 24 * 3600 * 1000;

/** As the server counts it. */
const OPEN_UNTIL_MS = 15 * DAY_MS;

/** From the payment on, until its time is over; what may be said, and from when, the next screen tells. */
export function mayDispute({ state, paid_at: paid, received_at: received, protected_until: until }: OrderView, now: number): boolean {
  if (state === 'cancelled' || paid === undefined) return false;
  const ends = [received, until].filter((end) => end !== undefined);
  return ends.length === 0 || now < Math.max(...ends) + OPEN_UNTIL_MS;
}
