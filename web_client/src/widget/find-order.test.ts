import { expect, it, vi } from 'vitest';

import type { OrderPage, OrderView } from '../protocol/generated';
import type { Client } from '../state/client';
import { EMPTY_CHAT } from '../state/model';
import { findOrder } from './find-order';

function order(id: string, number: string): OrderView {
  return {
    id, number, state: 'paid', version: 1, shop: { id: '1', name: 'Shop' }, customer: { id: '2', name: 'Ana' }, lines: [],
    total: { amount: '1.00', currency: 'EUR' }, placed_at: 0,
  };
}

function client(pages: OrderPage[], held: OrderView[] = []): Pick<Client, 'api' | 'chat'> & { asked: string[] } {
  const asked: string[] = [];
  const api = {
    order: vi.fn((id: string) => { asked.push(id); return Promise.resolve(order(id, 'A-1')); }),
    orders: vi.fn((before: string) => { asked.push(`page ${before}`); return Promise.resolve(pages.shift() ?? { orders: [] }); }),
  };
  const chat = { value: { ...EMPTY_CHAT, orders: new Map(held.map((one) => [one.id, one])) } };
  return { api, chat, asked } as unknown as Pick<Client, 'api' | 'chat'> & { asked: string[] };
}

it('is asked for by its id', async () => {
  const one = client([]);

  await findOrder(one, '0ca9cda378b74ca1');

  expect(one.asked).toEqual(['0ca9cda378b74ca1']);
});

it('is known by its number where it was seen, and looked for where not', async () => {
  const seen = client([], [order('0000000000000001', 'A-1')]);
  const unseen = client([{ orders: [order('0000000000000002', 'A-2')], next: 'p' }, { orders: [order('0000000000000003', 'A-1')] }]);

  await findOrder(seen, 'A-1');
  expect(await findOrder(unseen, 'A-1')).toMatchObject({ id: '0000000000000003' });

  expect(seen.asked).toEqual(['0000000000000001']);
  expect(unseen.asked).toEqual(['page ', 'page p']);
});

it('is missing where nobody knows it', async () => {
  await expect(findOrder(client([{ orders: [] }]), 'A-9')).rejects.toMatchObject({ code: 'not_found' });
});
