import { expect, test } from 'vitest';

import type { OrderView } from '../../protocol/generated';
import { DAY_MS, mayDispute } from './may';

const MONEY = { amount: '1', currency: 'EUR' };
const ORDER: OrderView = {
  id: 'o',
  number: '1',
  state: 'paid',
  version: 1,
  placed_at: 0,
  paid_at: 0,
  shop: { id: 's', name: 'Shop' },
  customer: { id: 'b', name: 'Ana' },
  total: MONEY,
  lines: [],
};

test('nothing is wrong with what was not paid for, or is cancelled', () => {
  const { paid_at: _, ...unpaid } = ORDER;
  expect(mayDispute(unpaid, 1)).toBe(false);
  expect(mayDispute({ ...ORDER, state: 'cancelled' }, 1)).toBe(false);
});

test('what was received may be disputed for fifteen days, or as long as it is protected and fifteen more', () => {
  const received: OrderView = { ...ORDER, state: 'received', received_at: 10 * DAY_MS };
  expect(mayDispute(received, 25 * DAY_MS - 1)).toBe(true);
  expect(mayDispute(received, 25 * DAY_MS)).toBe(false);
  expect(mayDispute({ ...received, protected_until: 40 * DAY_MS }, 54 * DAY_MS)).toBe(true);
});

test('what is on its way may always be asked about', () => {
  expect(mayDispute(ORDER, 400 * DAY_MS)).toBe(true);
});
