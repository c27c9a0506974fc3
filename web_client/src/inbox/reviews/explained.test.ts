import { expect, it } from 'vitest';

import type { CountedRating } from '../../protocol/generated';
import { linesOf, toneOf } from './explained';

let last = 100;

/** Each is older than the one before, as the server tells them. */
function rating(parts: Partial<CountedRating>): CountedRating {
  last -= 1;
  return { review_id: String(last), stars: 5, rated_at: last, fate: 'counted', in_window: true, group_stars: parts.stars ?? 5, ...parts };
}

it('puts what merged under what it merged into, and each group into its time', () => {
  const newest = rating({ stars: 3 });
  const second = rating({ fate: 'merged', stars: 4, opener: 'opener' });
  const first = rating({ fate: 'merged', stars: 2, opener: 'opener' });
  const opener = rating({ review_id: 'opener', stars: 5, group_stars: 4 });
  const old = rating({ in_window: false, stars: 1 });

  const lines = linesOf([newest, second, first, opener, old]);

  expect(lines.window.map(({ kind, rating: { review_id } }) => [kind, review_id])).toEqual([
    ['counted', newest.review_id],
    ['counted', 'opener'],
    ['merged', first.review_id],
    ['merged', second.review_id],
  ]);
  expect(lines.window[1]).toMatchObject({ tone: 'positive', stars: 4, merged: 2 });
  expect(lines.earlier).toMatchObject([{ kind: 'counted', tone: 'negative', merged: 0 }]);
});

it('counts nothing that was excluded, and loses no rating', () => {
  const ratings = [rating({ fate: 'excluded', why: 'annulled' }), rating({}), rating({ fate: 'excluded', why: 'refunded', in_window: false })];

  const lines = linesOf(ratings);

  expect(lines.excluded.map(({ rating: { why } }) => why)).toEqual(['annulled', 'refunded']);
  expect(lines.window.length + lines.earlier.length + lines.excluded.length).toBe(ratings.length);
});

it.each([
  [5, 'positive'],
  [4, 'positive'],
  [3, 'neutral'],
  [2, 'negative'],
  [1, 'negative'],
])('takes %i stars for %s', (stars, tone) => {
  expect(toneOf(stars)).toBe(tone);
});
