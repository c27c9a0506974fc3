import { expect, it } from 'vitest';

import { dayOf, mean, percent, signed } from './figures';

it('writes a share with one decimal where there is one, and 100 only for the whole', () => {
  expect([percent(987), percent(800), percent(1000), percent(999), percent(0)]).toEqual(['98.7%', '80%', '100%', '99.9%', '0%']);
});

it('says the sign of a sum', () => {
  expect([signed(25), signed(0), signed(-3)]).toEqual(['+25', '0', '-3']);
});

it('writes a mean with its decimal', () => {
  expect([mean('4.8'), mean('5.0')]).toEqual(['4.8', '5.0']);
});

it('takes a date for a day of the reader, whatever his zone', () => {
  const day = new Date(dayOf('2026-02-28'));

  expect([day.getFullYear(), day.getMonth(), day.getDate()]).toEqual([2026, 1, 28]);
});
