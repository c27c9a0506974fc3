import { expect, it } from 'vitest';

import { shopReview } from '../../../test/shop-reviews';
import { merged, openParts, refreshed } from './held';

const ids = (reviews: readonly { id: string }[]): number[] => reviews.map(({ id }) => parseInt(id, 16));

it('has the newest first, and each once', () => {
  const held = [shopReview(5), shopReview(3)];

  const all = merged(held, [shopReview(4), shopReview(5, { stars: 1 }), shopReview(9)]);

  expect(ids(all)).toEqual([9, 5, 4, 3]);
  expect(all[1]?.stars).toBe(1);
});

it('tells two of one moment apart by their ids', () => {
  const [one, other] = [shopReview(1, { rated_at: 7 }), shopReview(2, { rated_at: 7 })];

  expect(merged([one], [other])).toEqual(merged([other], [one]));
});

it('takes in what is fresh of those that are held, and nothing else', () => {
  const all = refreshed([shopReview(5), shopReview(3)], [shopReview(4), shopReview(3, { stars: 2 })]);

  expect(ids(all)).toEqual([5, 3]);
  expect(all[1]?.stars).toBe(2);
});

it('offers a reply to the text before one to the follow-up', () => {
  expect(openParts(shopReview(1))).toEqual([]);
  expect(openParts(shopReview(1, { may_reply: true, may_reply_followup: true }))).toEqual(['reply', 'followup_reply']);
});
