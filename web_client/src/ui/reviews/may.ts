/** What an author may still do with a review, so that no screen offers what the server would refuse. */
import type { OwnReview, OwnText } from '../../protocol/generated';

/** Whether a refused text may be changed and sent again. */
export function maySendAgain({ state, again_until: until }: OwnText, now: number): boolean {
  return state === 'refused' && until !== undefined && now < until;
}

/** Whether words may still be put beside the stars. After a follow-up they would stand in the wrong order. */
export function mayAddText({ texts, may_write_until: until }: OwnReview, now: number): boolean {
  return texts.length === 0 && until !== undefined && now < until;
}

export type Followup =
  | { readonly kind: 'now'; readonly until: number }
  | { readonly kind: 'later'; readonly from: number }
  /** It was written, it is too late, or the text is looked at first. */
  | { readonly kind: 'no' };

export function followupOf(review: OwnReview, now: number): Followup {
  const { texts, followup_from: from, followup_until: until } = review;
  const isWritten = texts.some(({ part }) => part === 'followup');
  // While the first words may still be written, they come first: after a follow-up there would be none.
  if (isWritten || from === undefined || until === undefined || from >= until || now >= until) return { kind: 'no' };
  if (mayAddText(review, now)) return { kind: 'no' };
  return now < from ? { kind: 'later', from } : { kind: 'now', until };
}
