import { expect, it } from 'vitest';

import { addressOf, isSame, spotIn } from './spot';

const SHOP = '00000000000000bb';
const CASE = '00000000000000d1';

it('finds the room, a shop of it and a case of that shop again by their addresses', () => {
  for (const spot of [
    { shelf: 'disputes' },
    { shelf: 'complaints' },
    { shelf: 'disputes', shop: SHOP },
    { shelf: 'complaints', shop: SHOP, id: CASE },
  ] as const) {
    expect(spotIn(addressOf(spot))).toEqual(spot);
  }
});

it('knows no case without its shop', () => {
  expect(addressOf({ shelf: 'disputes', id: CASE })).toBe('#/disputes');
});

it('leaves every other address to other places', () => {
  for (const hash of ['', '#/', '#/reviews', '#/disputes/1', `#/disputes/${SHOP}/x`, '#/disputesque']) {
    expect(spotIn(hash)).toBeNull();
  }
});

it('tells two spots apart', () => {
  expect(isSame(null, null)).toBe(true);
  expect(isSame({ shelf: 'disputes' }, null)).toBe(false);
  expect(isSame({ shelf: 'disputes', shop: SHOP }, { shelf: 'disputes', shop: SHOP })).toBe(true);
  expect(isSame({ shelf: 'disputes', shop: SHOP }, { shelf: 'complaints', shop: SHOP })).toBe(false);
});
