import { expect, test } from 'vitest';

import { formatLeft, urgencyOf } from './left';

const HOUR = 3_600_000;

test('what is left is said in its two largest units', () => {
  expect(formatLeft(52 * HOUR)).toBe('2 days 4 hours');
  expect(formatLeft(48 * HOUR)).toBe('2 days');
  expect(formatLeft(2.5 * HOUR)).toBe('2 hours 30 minutes');
  expect(formatLeft(HOUR / 6)).toBe('10 minutes');
});

test('the last seconds are a minute, and nothing is nothing', () => {
  expect(formatLeft(1_000)).toBe('1 minute');
  expect(formatLeft(-HOUR)).toBe('0 minutes');
});

test('it turns urgent as the end comes near', () => {
  expect([60, 40, 11, -1].map((hours) => urgencyOf(hours * HOUR))).toEqual(['calm', 'soon', 'late', 'late']);
});
