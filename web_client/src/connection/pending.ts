/** Commands that wait for their answer, by number. Each ends exactly once: answered, refused, or left behind. */
import type { Answer, Failed } from '../protocol/generated';
import { Refusal } from '../protocol/refusal';

/** An answer that takes longer than this means that the connection is dead, whatever the browser says. */
export const ANSWER_MS = 15_000;

interface Waiting {
  resolve: (answer: Answer) => void;
  reject: (refusal: Refusal) => void;
  timer: ReturnType<typeof setTimeout>;
}

export function refusalFrom(failed: Failed): Refusal {
  return new Refusal(failed.code, {
    reason: failed.reason,
    retryable: failed.retryable ?? false,
    retryAfterMs: failed.retry_after_ms,
  });
}

export class Pending {
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  readonly #onSilence: () => void;

  /** `onSilence` is called when an answer is overdue. */
  constructor(onSilence: () => void) {
    this.#onSilence = onSilence;
  }

  /** A number that no other command of this page has. */
  next(): number {
    this.#last += 1;
    return this.#last;
  }

  /** The answer to command `id`, or a Refusal. */
  wait(id: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(this.#onSilence, ANSWER_MS);
      this.#waiting.set(id, { resolve, reject, timer });
    });
  }

  /** Gives an answer to whom it belongs. */
  settle(answer: Answer): void {
    const found = answer.id === undefined ? undefined : this.#waiting.get(answer.id);
    if (found === undefined || answer.id === undefined) return;
    this.#waiting.delete(answer.id);
    clearTimeout(found.timer);
    if (answer.t === 'error') found.reject(refusalFrom(answer));
    else found.resolve(answer);
  }

  /** The connection is gone: whether what was asked has happened is not known. */
  abandon(): void {
    const left = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject, timer } of left) {
      clearTimeout(timer);
      reject(new Refusal('offline'));
    }
  }
}
