/** What I do in the conversation that is open, told to colleagues again and again while it lasts. */
import type { LookPush } from '../../protocol/generated';

export interface LookingParts {
  tell: (thread: string, doing: LookPush['doing']) => void;
  /** The conversation that is open, and null where nobody sees it. */
  place: () => string | null;
}

/** "I look at it" is said again this often. */
const EVERY_MS = 10_000;

/** So long after the last key somebody still answers. */
const ANSWERS_MS = 8_000;

export class Looking {
  readonly #parts: LookingParts;
  /** Where, and as what, I was last told of. */
  #told: { thread: string; doing: LookPush['doing'] } | null = null;
  #answeredAt = -Infinity;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(parts: LookingParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.say();
    }, EVERY_MS / 2);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** A key was pressed in an answer or a note. */
  answering(): void {
    this.#answeredAt = Date.now();
    if (this.#told?.doing !== 'answering') this.say();
  }

  /** Says where I am now, and that I have left where I was. */
  say(): void {
    const thread = this.#parts.place();
    const before = this.#told;
    if (before !== null && before.thread !== thread) {
      this.#told = null;
      this.#answeredAt = -Infinity;
      this.#parts.tell(before.thread, 'left');
    }
    if (thread === null) return;
    const doing = Date.now() - this.#answeredAt < ANSWERS_MS ? 'answering' : 'looking';
    this.#told = { thread, doing };
    this.#parts.tell(thread, doing);
  }
}
