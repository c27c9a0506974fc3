import { expect, it } from 'vitest';

import { fieldValue, snoozeUntil } from './snooze';

const FRIDAY = new Date(2027, 0, 15, 16, 30).getTime();
const MONDAY = new Date(2027, 0, 18, 8, 0).getTime();

it('sleeps for hours, until the morning, until the next Monday', () => {
  expect(snoozeUntil('hour', FRIDAY)).toBe(new Date(2027, 0, 15, 17, 30).getTime());
  expect(snoozeUntil('hours', FRIDAY)).toBe(new Date(2027, 0, 15, 19, 30).getTime());
  expect(snoozeUntil('tomorrow', FRIDAY)).toBe(new Date(2027, 0, 16, 9).getTime());
  expect(snoozeUntil('week', FRIDAY)).toBe(new Date(2027, 0, 18, 9).getTime());
  expect(snoozeUntil('week', MONDAY)).toBe(new Date(2027, 0, 25, 9).getTime());
});

it('speaks to a field for day and time in its words', () => {
  expect(fieldValue(FRIDAY)).toBe('2027-01-15T16:30');
});
