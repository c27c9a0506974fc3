import { expect, test } from 'vitest';

import { starsOfKey } from './star-keys';

test('a digit chooses so many stars', () => {
  expect(['1', '3', '5'].map((key) => starsOfKey(key, 2, false))).toEqual([1, 3, 5]);
});

test('other digits and letters mean nothing', () => {
  expect(['0', '6', 'a', 'Enter', ' '].map((key) => starsOfKey(key, 2, false))).toEqual([null, null, null, null, null]);
});

test('Home and End choose the fewest and the most', () => {
  expect([starsOfKey('Home', 3, false), starsOfKey('End', 3, false)]).toEqual([1, 5]);
});

test('the arrows go up and down, and round at the ends', () => {
  expect([starsOfKey('ArrowRight', 3, false), starsOfKey('ArrowLeft', 3, false)]).toEqual([4, 2]);
  expect([starsOfKey('ArrowUp', 5, false), starsOfKey('ArrowDown', 1, false)]).toEqual([1, 5]);
});

test('where nothing is chosen, the arrows begin at an end', () => {
  expect([starsOfKey('ArrowRight', 0, false), starsOfKey('ArrowLeft', 0, false)]).toEqual([1, 5]);
});

test('from right to left, the arrows follow the eye', () => {
  expect([starsOfKey('ArrowLeft', 3, true), starsOfKey('ArrowRight', 3, true)]).toEqual([4, 2]);
});
