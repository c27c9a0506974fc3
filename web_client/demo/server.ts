/** What the demo's page asks of the demo's server. A real marketplace would ask its own backend for the token. */
import type { OrderPage, OrderView } from '../src/protocol/generated';
import type { Money } from '../src/i18n/more';

export interface DemoPerson {
  id: string;
  name: string;
  role: 'buyer' | 'seller';
  shop?: string | null;
}

export interface DemoProduct {
  id: string;
  title: string;
  price: Money;
  photo: string;
  shop: string;
  url: string;
}

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const answer = await fetch(path, init);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return (await answer.json()) as T;
}

function post<T>(path: string, body: unknown): Promise<T> {
  return ask<T>(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}

export const people = (): Promise<DemoPerson[]> => ask('/demo/people');

export const products = (): Promise<DemoProduct[]> => ask('/demo/products');

/** A fresh token of a demo person: what the marketplace's backend would sign. */
export async function token(person: string): Promise<string> {
  return (await post<{ token: string }>('/demo/token', { person })).token;
}

/** Where a seller's inbox opens, once. */
export async function inboxLink(person: string): Promise<string> {
  return (await post<{ url: string }>('/demo/inbox-link', { person })).url;
}

export async function orders(bearer: string): Promise<OrderView[]> {
  const headers = { Authorization: `Bearer ${bearer}` };
  return (await ask<OrderPage>('/api/v1/orders', { headers })).orders;
}
