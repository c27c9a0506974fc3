/** The state of the demo market: who is here, what is sold, which page is open. No drawing here. */
import { computed, effect, signal } from '@preact/signals';
import { firstLocale, setLocale } from '../src/i18n';
import type { OrderView } from '../src/protocol/generated';
import { applyBrand, applyTheme, type Theme } from '../src/styles/brand';
import * as server from './server';
import type { DemoPerson, DemoProduct } from './server';

export const BRAND = '#b4482a';

export type Loaded<T> = { kind: 'loading' } | { kind: 'ready'; value: T } | { kind: 'failed' };

export const people = signal<Loaded<DemoPerson[]>>({ kind: 'loading' });
export const products = signal<Loaded<DemoProduct[]>>({ kind: 'loading' });
export const orders = signal<Loaded<OrderView[]>>({ kind: 'loading' });

/** In place of an id: nobody is signed in, so that the page shows what a visitor sees. */
export const NOBODY = 'nobody';

/** Who is signed in, by id. Kept per tab, so that two tabs can be two people. */
export const personId = signal<string | null>(null);
export const theme = signal<Theme>('auto');

/** The product whose page is open, by id; null on the market's front. */
export const openProduct = signal<string | null>(productOf(location.hash));

export const person = computed(() => listOf(people.value).find(({ id }) => id === personId.value) ?? null);

/** One of two people side by side: who it is, is chosen outside. */
export const isFramed = window.top !== window.self;

const KEPT = { person: 'karavela.person', locale: 'karavela.locale', theme: 'karavela.theme' } as const;

export function listOf<T>(loaded: Loaded<T[]>): T[] {
  return loaded.kind === 'ready' ? loaded.value : [];
}

function productOf(hash: string): string | null {
  return /^#\/product\/([\w-]+)$/.exec(hash)?.[1] ?? null;
}

async function load<T>(ask: Promise<T>): Promise<Loaded<T>> {
  try {
    return { kind: 'ready', value: await ask };
  } catch {
    return { kind: 'failed' };
  }
}

/** Loads all that the front needs and signs somebody in. `?as=` and `?lang=` come before what the tab remembers. */
export async function startMarket(): Promise<void> {
  const asked = new URLSearchParams(location.search);
  applyBrand(BRAND);
  chooseTheme((sessionStorage.getItem(KEPT.theme) ?? 'auto') as Theme);
  window.addEventListener('hashchange', () => {
    openProduct.value = productOf(location.hash);
  });
  await setLocale(firstLocale(asked.get('lang') ?? sessionStorage.getItem(KEPT.locale)));
  await loadMarket(asked.get('as') ?? sessionStorage.getItem(KEPT.person));
}

export async function loadMarket(wished: string | null = personId.value): Promise<void> {
  [people.value, products.value] = await Promise.all([load(server.people()), load(server.products())]);
  const everybody = listOf(people.value);
  const found = everybody.find(({ id }) => id === wished) ?? everybody.find(({ role }) => role === 'buyer');
  personId.value = wished === NOBODY ? NOBODY : (found?.id ?? null);
}

/** Signs somebody else in. */
export function become(id: string): void {
  sessionStorage.setItem(KEPT.person, id);
  personId.value = id;
}

export async function chooseLocale(tag: string): Promise<void> {
  sessionStorage.setItem(KEPT.locale, tag);
  await setLocale(tag);
}

export function chooseTheme(wish: Theme): void {
  sessionStorage.setItem(KEPT.theme, wish);
  theme.value = wish;
  applyTheme(wish);
}

/** From now on the orders are those of whoever is signed in. */
export function followOrders(): void {
  effect(() => {
    if (personId.value === null || personId.value === NOBODY) return;
    orders.value = { kind: 'loading' };
    void refreshOrders();
  });
}

export async function refreshOrders(): Promise<void> {
  const id = personId.peek();
  if (id === null || id === NOBODY) return;
  const loaded = await load(server.token(id).then(server.orders));
  if (personId.peek() === id) orders.value = loaded;
}
