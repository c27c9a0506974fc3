/** An order by Parley's id or by the marketplace's, which is its number. */
import type { OrderView } from '../protocol/generated';
import { Refusal } from '../protocol/refusal';
import type { Client } from '../state/client';

const ID = /^[0-7][0-9a-f]{15}$/u;

/** So many pages of orders are looked through for a number. */
const MOST_PAGES = 20;

/** Rejects with a Refusal. */
export async function findOrder(client: Pick<Client, 'api' | 'chat'>, key: string): Promise<OrderView> {
  if (ID.test(key)) return client.api.order(key);
  const held = [...client.chat.value.orders.values()].find(({ number }) => number === key);
  if (held !== undefined) return client.api.order(held.id);
  return look(client, key, '', MOST_PAGES);
}

async function look(client: Pick<Client, 'api'>, key: string, before: string, pages: number): Promise<OrderView> {
  const { orders, next = '' } = await client.api.orders(before);
  const found = orders.find(({ number }) => number === key);
  if (found !== undefined) return found;
  if (next === '' || pages <= 1) throw new Refusal('not_found');
  return look(client, key, next, pages - 1);
}
