import { expect, it } from 'vitest';

import { addressOf, spotIn } from './spot';

const [SHOP, REVIEW] = ['00000000000000aa', '00000000000000bb'];

it.each([{}, { shop: SHOP }, { shop: SHOP, review: REVIEW }])('leads back to where it came from: %o', (spot) => {
  expect(spotIn(addressOf(spot))).toEqual(spot);
});

it.each(['', '#/', `#/t/${SHOP}`, '#/reviewsx', '#/reviews/', `#/reviews/${SHOP}/`, `#/reviews/${SHOP}/1`])('is no place among reviews: %s', (hash) => {
  expect(spotIn(hash)).toBe(null);
});

it('names no review without its shop', () => {
  expect(addressOf({ review: REVIEW })).toBe('#/reviews');
});
