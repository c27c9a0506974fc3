/** How far this person has come, told to the server at most once a second; what got lost is told again. */
import type { Asked } from '../protocol/codec';
import { LIMITS, type MarkItem } from '../protocol/generated';

export const EVERY_MS = 1_000;

interface Mark {
  delivered: number;
  read: number;
}

export class Marks {
  readonly #tell: (command: Asked) => void;
  readonly #wanted = new Map<string, Mark>();
  readonly #unsent = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastAt = 0;

  constructor(tell: (command: Asked) => void) {
    this.#tell = tell;
  }

  /** Raises a mark. One that does not rise says nothing. */
  raise(thread: string, { delivered = 0, read = 0 }: Partial<Mark>): void {
    const held = this.#wanted.get(thread) ?? { delivered: 0, read: 0 };
    const next = { delivered: Math.max(held.delivered, delivered, read), read: Math.max(held.read, read) };
    if (next.delivered === held.delivered && next.read === held.read) return;
    this.#wanted.set(thread, next);
    this.#unsent.add(thread);
    this.#plan();
  }

  /** Says everything again: after coming back nobody knows what had arrived. */
  again(): void {
    for (const thread of this.#wanted.keys()) this.#unsent.add(thread);
    if (this.#unsent.size > 0) this.#plan();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#wanted.clear();
    this.#unsent.clear();
  }

  #plan(): void {
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, this.#lastAt + EVERY_MS - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#flush();
    }, wait);
  }

  #flush(): void {
    const threads = [...this.#unsent].slice(0, LIMITS.marks);
    if (threads.length === 0) return;
    this.#lastAt = Date.now();
    threads.forEach((thread) => this.#unsent.delete(thread));
    this.#tell({ t: 'mark', marks: threads.map((thread) => this.#item(thread)) });
    if (this.#unsent.size > 0) this.#plan();
  }

  #item(thread: string): MarkItem {
    const { delivered, read } = this.#wanted.get(thread) ?? { delivered: 0, read: 0 };
    return { thread_id: thread, delivered, ...(read > 0 ? { read } : {}) };
  }
}
