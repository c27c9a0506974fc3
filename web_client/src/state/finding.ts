/** Looking for messages: what was asked, what was found. */
import { signal, type Signal } from '@preact/signals';

import { refusalOf, type Refusal } from '../protocol/refusal';

export type Found<Hit> =
  | { readonly kind: 'none' }
  | { readonly kind: 'short' }
  | { readonly kind: 'searching' }
  | { readonly kind: 'found'; readonly hits: readonly Hit[]; readonly next: string }
  | { readonly kind: 'failed'; readonly refusal: Refusal };

/** The server takes no shorter question. */
export const SHORTEST_QUERY = 2;

/** Asks for a page of what is found; `before` is the place where it begins. */
export type Ask<Hit> = (words: string, before?: string) => Promise<{ hits: readonly Hit[]; next?: string }>;

export class Finding<Hit> {
  readonly query: Signal<string> = signal('');
  readonly found: Signal<Found<Hit>> = signal({ kind: 'none' });
  /** Rises when the field is wanted. */
  readonly wish: Signal<number> = signal(0);
  readonly #ask: Ask<Hit>;
  #asked = 0;

  constructor(ask: Ask<Hit>) {
    this.#ask = ask;
  }

  get isOn(): boolean {
    return this.found.value.kind !== 'none';
  }

  clear(): void {
    this.#asked += 1;
    this.query.value = '';
    this.found.value = { kind: 'none' };
  }

  /** Of two questions the later wins. */
  async search(text: string): Promise<void> {
    const mine = (this.#asked += 1);
    const words = text.trim();
    this.query.value = text;
    if (words.length < SHORTEST_QUERY) {
      this.found.value = { kind: words === '' ? 'none' : 'short' };
      return;
    }
    if (this.found.value.kind !== 'found') this.found.value = { kind: 'searching' };
    try {
      const { hits, next = '' } = await this.#ask(words);
      if (mine === this.#asked) this.found.value = { kind: 'found', hits, next };
    } catch (thrown) {
      if (mine === this.#asked) this.found.value = { kind: 'failed', refusal: refusalOf(thrown) };
    }
  }

  /** The next page of what was found. Rejects with a Refusal. */
  async more(): Promise<void> {
    const before = this.found.value;
    if (before.kind !== 'found' || before.next === '') return;
    const mine = this.#asked;
    const { hits, next = '' } = await this.#ask(this.query.value.trim(), before.next);
    if (mine === this.#asked) this.found.value = { kind: 'found', hits: [...before.hits, ...hits], next };
  }
}
