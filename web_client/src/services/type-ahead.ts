/** Questions that begin as somebody types: asked for when the keys rest, and an answer that comes too late is dropped. */
import { signal, type ReadonlySignal, type Signal } from '@preact/signals';

import type { FaqLink } from '../protocol/generated';

/** Shorter words say nothing yet. */
export const SHORTEST = 2;

export const REST_MS = 150;

type Search = (words: string) => Promise<readonly FaqLink[]>;

const NONE: readonly FaqLink[] = [];

export class TypeAhead {
  readonly #search: Search;
  readonly #found: Signal<readonly FaqLink[] | null> = signal(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Rises with each change of the words. */
  #turn = 0;

  constructor(search: Search) {
    this.#search = search;
  }

  /** Null while nothing was looked for. */
  get hits(): ReadonlySignal<readonly FaqLink[] | null> {
    return this.#found;
  }

  /** The words as they are now. Until their hits are there, those of the words before them stay. */
  write(text: string): void {
    const words = text.trim();
    this.#turn += 1;
    clearTimeout(this.#timer);
    if (words.length < SHORTEST) this.#found.value = null;
    else this.#timer = setTimeout(() => void this.#look(words), REST_MS);
  }

  /** Nothing is looked for any more. */
  clear(): void {
    this.write('');
  }

  async #look(words: string): Promise<void> {
    const mine = this.#turn;
    // Help that does not come is not worth a word: what was typed can be asked all the same.
    const hits = await this.#search(words).catch(() => NONE);
    if (mine === this.#turn) this.#found.value = hits;
  }
}
