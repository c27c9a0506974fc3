/** A list of texts to be judged, and which of them is open. */
import { computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals';

import type { Judged } from './watch';

/** A text as long as it is there, whatever becomes of it. */
export function keyOf({ review_id, part }: Pick<Judged, 'review_id' | 'part'>): string {
  return `${review_id}/${part}`;
}

/** Where to look once some are gone: at the next that stays, else at the last before. */
export function nextOf(keys: readonly string[], gone: ReadonlySet<string>, current: string | null): string | null {
  const at = current === null ? -1 : keys.indexOf(current);
  const stays = (key: string): boolean => !gone.has(key);
  return keys.slice(Math.max(at, 0)).find(stays) ?? keys.slice(0, Math.max(at, 0)).findLast(stays) ?? null;
}

export class Lane<Text extends Judged> {
  readonly texts: ReadonlySignal<readonly Text[]>;
  readonly current = signal<string | null>(null);
  readonly open = computed(() => this.texts.value.find((text) => keyOf(text) === this.current.value) ?? null);
  #keys: readonly string[] = [];
  readonly #stop: () => void;

  /** `onGone` is told when the open one was taken away by somebody else. */
  constructor(texts: ReadonlySignal<readonly Text[]>, onGone: () => void) {
    this.texts = texts;
    this.#stop = effect(() => {
      const keys = texts.value.map(keyOf);
      untracked(() => {
        this.#follow(keys, onGone);
      });
    });
  }

  step(by: 1 | -1): void {
    const at = this.current.value === null ? -1 : this.#keys.indexOf(this.current.value);
    const next = this.#keys[Math.min(Math.max(at + by, 0), this.#keys.length - 1)];
    if (next !== undefined) this.current.value = next;
  }

  /** These will go, by the hand of who looks at them. */
  leave(gone: readonly Judged[]): void {
    this.current.value = nextOf(this.#keys, new Set(gone.map(keyOf)), this.current.value);
  }

  dispose(): void {
    this.#stop();
  }

  #follow(keys: readonly string[], onGone: () => void): void {
    const current = this.current.value;
    const before = this.#keys;
    this.#keys = keys;
    if (current !== null && keys.includes(current)) return;
    const here = new Set(keys);
    const gone = new Set(before.filter((key) => !here.has(key)));
    this.current.value = (current === null ? null : nextOf(before, gone, current)) ?? keys[0] ?? null;
    if (current !== null) onGone();
  }
}
