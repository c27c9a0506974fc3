/** The list that is shown, page by page. Rows live in the desk's model; here is only how far they were asked for. */
import { signal, type Signal } from '@preact/signals';

import type { DeskThread } from '../../protocol/generated';
import { refusalOf, type Refusal } from '../../protocol/refusal';
import type { DeskApi, ListQuery } from '../../services/desk';

export type Loading = { readonly kind: 'loading' } | { readonly kind: 'there' } | { readonly kind: 'failed'; readonly refusal: Refusal };

export interface PagesParts {
  api: Pick<DeskApi, 'list'>;
  /** The list that is shown now. */
  query: () => ListQuery;
  /** Rows that came; `isAnew`: all that was held before may be old. */
  take: (rows: readonly DeskThread[], isAnew: boolean) => void;
}

const PAGE = 50;

/** After an absence so many pages are asked for again at most; who had scrolled further scrolls on. */
const MOST_AGAIN = 4;

export class Pages {
  readonly state: Signal<Loading> = signal({ kind: 'loading' });
  /** The last row of the newest page; null where the list is known to its end. */
  readonly edge: Signal<DeskThread | null> = signal(null);
  readonly #parts: PagesParts;
  #next = '';
  #count = 0;
  /** Rises with each beginning, so that what was asked before is not heard. */
  #turn = 0;
  #running: Promise<void> | null = null;

  constructor(parts: PagesParts) {
    this.#parts = parts;
  }

  /** Another list. */
  async begin(): Promise<void> {
    this.state.value = { kind: 'loading' };
    await this.#load(1, false);
  }

  /** The same list after an absence: what is shown stays until the fresh pages are there. */
  async again(): Promise<void> {
    await this.#load(Math.min(Math.max(this.#count, 1), MOST_AGAIN), true);
  }

  /** The next page, if there is one; once at a time. */
  more(): Promise<void> {
    if (this.#next === '' || this.#running !== null) return this.#running ?? Promise.resolve();
    const turn = this.#turn;
    this.#running = this.#page(this.#next)
      .then(({ threads, next = '' }) => {
        if (turn === this.#turn) this.#took(threads, next, false);
      })
      .catch(() => undefined)
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  async #load(pages: number, isAnew: boolean): Promise<void> {
    const turn = (this.#turn += 1);
    this.#running = null;
    try {
      const rows: DeskThread[] = [];
      let before = '';
      for (let page = 0; page < pages; page += 1) {
        const { threads, next = '' } = await this.#page(before);
        if (turn !== this.#turn) return;
        rows.push(...threads);
        before = next;
        this.#count = page + 1;
        if (next === '') break;
      }
      this.#took(rows, before, isAnew);
      this.state.value = { kind: 'there' };
    } catch (thrown) {
      if (turn === this.#turn) this.state.value = { kind: 'failed', refusal: refusalOf(thrown) };
    }
  }

  #took(rows: readonly DeskThread[], next: string, isAnew: boolean): void {
    this.#next = next;
    this.edge.value = next === '' ? null : (rows.at(-1) ?? this.edge.value);
    this.#parts.take(rows, isAnew);
  }

  #page(before: string): ReturnType<DeskApi['list']> {
    return this.#parts.api.list({ ...this.#parts.query(), before, limit: PAGE });
  }
}
