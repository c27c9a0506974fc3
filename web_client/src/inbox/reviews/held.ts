/** The reviews that the room holds. Pure. */
import type { OwnText, ShopReview } from '../../protocol/generated';

/** What a shop says, and what it says it to. */
export type ReplyPart = 'reply' | 'followup_reply';

/** Newest first, each once; of two with one id the fresh one counts. */
export function merged(held: readonly ShopReview[], fresh: readonly ShopReview[]): ShopReview[] {
  const all = new Map([...held, ...fresh].map((review) => [review.id, review]));
  return [...all.values()].sort((one, other) => other.rated_at - one.rated_at || (one.id < other.id ? 1 : -1));
}

/** Takes in what is fresh of those that are held, and nothing else. */
export function refreshed(held: readonly ShopReview[], fresh: readonly ShopReview[]): ShopReview[] {
  const ids = new Set(held.map(({ id }) => id));
  return merged(held, fresh.filter(({ id }) => ids.has(id)));
}

/** What of a review may be replied to now, in the order of reading. */
export function openParts(review: ShopReview): ReplyPart[] {
  const parts: ReplyPart[] = [];
  if (review.may_reply === true) parts.push('reply');
  if (review.may_reply_followup === true) parts.push('followup_reply');
  return parts;
}

export function replyIn(review: ShopReview, part: ReplyPart): OwnText | undefined {
  return review.replies?.find((reply) => reply.part === part);
}

/** The name under which a reply that is begun is kept in this browser. */
export function draftName(review: string, part: ReplyPart): string {
  return `review:${review}:${part}`;
}
