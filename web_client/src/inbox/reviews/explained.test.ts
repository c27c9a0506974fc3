import { expect, it } from 'vitest';

import type { CountedRating } from '../../protocol/generated';
import { grown, linesOf, sizeOf, toneOf } from './explained';

let last = 100;

/** Each is older than the one before, as the server tells them. */
function rating(parts: Partial<CountedRating>): CountedRating {
  last -= 1;
  return { review_id: String(last), stars: 5, rated_at: last, fate: 'counted', in_window: true, group_stars: parts.stars ?? 5, ...parts };
}

it('says of each what became of it, and of what counts how much merged into it', () => {
  const newest = rating({ stars: 3 });
  const opener = rating({ review_id: 'opener', stars: 5, group_stars: 4 });
  const first = rating({ fate: 'merged', stars: 2, opener: 'opener' });
  const second = rating({ fate: 'merged', stars: 4, opener: 'opener' });
  const annulled = rating({ fate: 'excluded', why: 'annulled' });

  const lines = linesOf([newest, opener, first, second, annulled]);

  expect(lines).toMatchObject([
    { kind: 'counted', rating: newest, tone: 'neutral', merged: 0 },
    { kind: 'counted', rating: opener, tone: 'positive', stars: 4, merged: 2 },
    { kind: 'merged', rating: first, opener },
    { kind: 'merged', rating: second, opener },
    { kind: 'excluded', rating: annulled },
  ]);
});

it('goes on with the next page, and shows nothing twice', () => {
  const [one, two, three] = [rating({}), rating({}), rating({})];

  const lines = grown(linesOf([one, two]), linesOf([two, three]));

  expect(lines.map((line) => line.rating)).toEqual([one, two, three]);
});

it('knows how long each list will be before it is there', () => {
  const counts = { window: 146, earlier: 20, merged: 7, refunded: 3, annulled: 1 };

  expect(sizeOf('window', counts)).toBe(146);
  expect(sizeOf('earlier', counts)).toBe(20);
  expect(sizeOf('excluded', counts)).toBe(4);
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
