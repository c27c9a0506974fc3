/** Cases of one kind, of every shop that somebody works for: fetched page by page, refreshed one by one. Draws nothing. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';

import { refusalOf, type Refusal } from '../../protocol/refusal';
import { tellRefusal } from '../../ui/refusals';
import { isOver, merged, sorted, type Case, type Waits } from './held';

export type Listed<C> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly refusal: Refusal }
  | { readonly kind: 'there'; readonly cases: readonly C[]; readonly next: string };

export interface CasesParts<C extends Case> {
  page: (shop: string, before: string) => Promise<{ cases: readonly C[]; next: string }>;
  one: (id: string) => Promise<C>;
  waits: Waits<C>;
}

const LOADING: Listed<never> = { kind: 'loading' };

/** Pages that are fetched by themselves, so that nothing that waits for the shop stays out of sight. */
const MOST_PAGES = 40;

export class Cases<C extends Case> {
  /** By shop. */
  readonly held: Signal<ReadonlyMap<string, Listed<C>>> = signal(new Map());
  /** How many of each shop wait for it. */
  readonly waiting: ReadonlySignal<ReadonlyMap<string, number>>;
  readonly #parts: CasesParts<C>;
  #isPaging = false;

  constructor(parts: CasesParts<C>) {
    this.#parts = parts;
    this.waiting = computed(() => {
      const counts = [...this.held.value].map(([shop, listed]): [string, number] => [shop, listed.kind === 'there' ? listed.cases.filter(parts.waits).length : 0]);
      return new Map(counts);
    });
  }

  of(shop: string): Listed<C> {
    return this.held.value.get(shop) ?? LOADING;
  }

  find(shop: string, id: string): C | undefined {
    const listed = this.of(shop);
    return listed.kind === 'there' ? listed.cases.find((one) => one.id === id) : undefined;
  }

  /** All that are held, of every shop. */
  all(): C[] {
    return [...this.held.value.values()].flatMap((listed) => (listed.kind === 'there' ? listed.cases : []));
  }

  /** Fetches a shop's open cases anew. What is shown stays until they are there; rejects with a Refusal where it stays. */
  async fetch(shop: string): Promise<void> {
    if (this.held.peek().get(shop)?.kind === 'failed') this.#put(shop, LOADING);
    try {
      let found: readonly C[] = [];
      let next = '';
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const { cases, next: after } = await this.#parts.page(shop, next);
        [found, next] = [[...found, ...cases], after];
        const last = cases.at(-1);
        if (next === '' || last === undefined || isOver(last)) break;
      }
      const held = this.held.peek().get(shop);
      // What was fetched further down, or one by one, stays.
      const [older, further] = held?.kind === 'there' ? [held.cases, held.next] : [[], next];
      this.#put(shop, { kind: 'there', cases: this.#sorted(merged(older, found)), next: further });
    } catch (thrown) {
      if (this.held.peek().get(shop)?.kind === 'there') throw thrown;
      this.#put(shop, { kind: 'failed', refusal: refusalOf(thrown) });
    }
  }

  /** What is over, further down. */
  async more(shop: string): Promise<void> {
    const listed = this.held.peek().get(shop);
    if (listed?.kind !== 'there' || listed.next === '' || this.#isPaging) return;
    this.#isPaging = true;
    try {
      const { cases, next } = await this.#parts.page(shop, listed.next);
      this.take(shop, cases, next);
    } catch (thrown) {
      tellRefusal(thrown);
    } finally {
      this.#isPaging = false;
    }
  }

  /** Takes in what one case has become. Rejects with a Refusal. */
  async look(shop: string, id: string): Promise<C> {
    const one = await this.#parts.one(id);
    this.take(shop, [one]);
    return one;
  }

  take(shop: string, fresh: readonly C[], next?: string): void {
    const listed = this.held.peek().get(shop);
    if (listed?.kind !== 'there') return;
    this.#put(shop, { kind: 'there', cases: this.#sorted(merged(listed.cases, fresh)), next: next ?? listed.next });
  }

  #sorted(cases: readonly C[]): C[] {
    return sorted(cases, this.#parts.waits);
  }

  #put(shop: string, listed: Listed<C>): void {
    this.held.value = new Map(this.held.value).set(shop, listed);
  }
}
