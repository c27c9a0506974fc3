/** Something that is asked for again and again while the page is seen. Of several answers the one that was asked for last counts. */
import { signal } from '@preact/signals';

import { refusalOf, type Refusal } from '../../protocol/refusal';

export class Polled<Value> {
  /** Null before the first answer. */
  readonly value = signal<Value | null>(null);
  readonly refusal = signal<Refusal | null>(null);
  readonly #ask: () => Promise<Value>;
  readonly #everyMs: number;
  #asked = 0;
  #answered = 0;

  constructor(ask: () => Promise<Value>, everyMs: number) {
    this.#ask = ask;
    this.#everyMs = everyMs;
  }

  /** From now on, until the answer is called. */
  start(): () => void {
    const look = (): void => {
      if (document.visibilityState === 'visible') void this.refresh();
    };
    look();
    const timer = setInterval(look, this.#everyMs);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }

  async refresh(): Promise<void> {
    this.#asked += 1;
    const turn = this.#asked;
    try {
      const value = await this.#ask();
      if (turn <= this.#answered) return;
      this.#answered = turn;
      this.value.value = value;
      this.refusal.value = null;
    } catch (thrown) {
      if (turn > this.#answered) this.refusal.value = refusalOf(thrown);
    }
  }

  /** Another value is meant from now on: whatever was asked for before does not count. */
  forget(): void {
    this.#answered = this.#asked;
    this.value.value = null;
    this.refusal.value = null;
  }
}
