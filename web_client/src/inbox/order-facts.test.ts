import { expect, it } from 'vitest';
import type { OrderView } from '../protocol/generated';
import { factsOf } from './order-facts';

const DAY_MS = 86_400_000;

const order = (parts: Partial<OrderView>): OrderView => ({
  id: '0000000000000001',
  number: 'A-1',
  state: 'paid',
  version: 1,
  shop: { id: '0000000000000002', name: 'Shop' },
  customer: { id: '0000000000000003', name: 'Ana' },
  lines: [],
  total: { amount: '1', currency: 'EUR' },
  placed_at: 10 * DAY_MS,
  ...parts,
});

const keys = (view: OrderView): string[] => factsOf(view).map(({ key }) => key);

it('presses for shipping only while the goods are still here', () => {
  const paid = order({ paid_at: 11 * DAY_MS, ship_by: 21 * DAY_MS });

  expect(keys(paid)).toEqual(['order.placed_at', 'order.paid_at', 'order.ship_by']);
  expect(factsOf(paid).at(-1)).toMatchObject({ isPressing: true });
  expect(keys({ ...paid, state: 'shipped', shipped_at: 12 * DAY_MS })).not.toContain('order.ship_by');
});

it('promises a day from shipment on, until the goods are there', () => {
  const shipped = order({ state: 'shipped', shipped_at: 12 * DAY_MS, promised_days: 7, protected_until: 34 * DAY_MS });

  expect(factsOf(shipped)).toContainEqual({ kind: 'date', key: 'order.promised', value: 19 * DAY_MS, isPressing: false });
  expect(keys({ ...shipped, state: 'received', received_at: 15 * DAY_MS, received_by: 'timer' })).toEqual([
    'order.placed_at',
    'order.shipped_at',
    'order.received_at',
    'order.received_by.timer',
  ]);
});

it('leaves out what is empty', () => {
  expect(keys(order({ carrier: '', tracking: 'X 1' }))).toEqual([
    'order.placed_at',
    'order.tracking',
  ]);
});
