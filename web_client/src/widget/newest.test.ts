import { expect, it } from 'vitest';

import type { OrderView } from '../protocol/generated';
import { newest } from './newest';

const PERSON = { id: '0000000000000001', name: 'Ana' };
const SHIPPED: OrderView = {
  id: '0000000000000002',
  number: '1001',
  state: 'shipped',
  version: 3,
  shop: { id: '0000000000000003', name: 'Liman' },
  customer: PERSON,
  lines: [],
  total: { amount: '12.50', currency: 'EUR' },
  placed_at: 1,
};

it('takes the higher version, whichever came last', () => {
  const paid: OrderView = { ...SHIPPED, version: 2, state: 'paid' };

  expect(newest(SHIPPED, paid)).toBe(SHIPPED);
  expect(newest(paid, SHIPPED)).toBe(SHIPPED);
  expect(newest(SHIPPED, undefined)).toBe(SHIPPED);
});

it('goes back behind no receipt, which leaves the version as it is', () => {
  const received: OrderView = { ...SHIPPED, state: 'received', received_at: 9, received_by: 'timer' };

  expect(newest(received, SHIPPED)).toBe(received);
  expect(newest(SHIPPED, received)).toBe(received);
});

it('takes the other one where both stand alike', () => {
  const other: OrderView = { ...SHIPPED, thread_id: '0000000000000009' };

  expect(newest(SHIPPED, other)).toBe(other);
});
