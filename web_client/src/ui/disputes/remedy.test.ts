import { expect, test } from 'vitest';

import { amountFault, bodyOf, readAmount, remedyOf, wishOf } from './remedy';

const MOST = { amount: '12.50', currency: 'EUR' };

test('amounts are read as people write them', () => {
  expect(readAmount('5', 'EUR')).toBe('5');
  expect(readAmount(' 5,20 ', 'EUR')).toBe('5.20');
  expect(readAmount('٥٫٢', 'EUR')).toBe('5.2');
  expect(readAmount('1 200.00', 'EUR')).toBe('1200.00');
});

test('what is no amount of the currency is none', () => {
  expect(['', '-5', 'five', '5.205', '1.2.3', '5e3'].map((typed) => readAmount(typed, 'EUR'))).toEqual(Array(6).fill(null));
  expect(readAmount('5.5', 'JPY')).toBeNull();
});

test('a part is more than nothing and at most the whole', () => {
  expect(amountFault('', MOST)).toBe('missing');
  expect(amountFault('0', MOST)).toBe('bad');
  expect(amountFault('12.51', MOST)).toBe('high');
  expect(amountFault('12.5', MOST)).toBeNull();
});

test('only a part carries its amount; the whole is shown with what may still be paid back', () => {
  expect(wishOf({ kind: 'full', amount: '3' }, MOST)).toEqual({ kind: 'full' });
  expect(wishOf({ kind: 'partial', amount: '3' }, MOST)).toEqual({ kind: 'partial', amount: { amount: '3', currency: 'EUR' } });
  expect(wishOf({ kind: null, amount: '' }, MOST)).toBeNull();
  expect(remedyOf({ kind: 'return', amount: '' }, MOST)).toEqual({ kind: 'return', amount: MOST });
  expect(bodyOf({ kind: 'full', amount: MOST })).toEqual({ kind: 'full' });
});
