/**
 * Messages that the server has not acknowledged yet. Each keeps its client key for ever, so that sending it again,
 * after a reload, from two tabs, after a crash, is harmless. One at a time per thread, in the order of writing.
 */
import { signal, type ReadonlySignal } from '@preact/signals';

import type { Ack, PhotoView } from '../protocol/generated';
import { newKey } from '../protocol/keys';
import { refusalOf, type RefusalCode } from '../protocol/refusal';
import { backoff } from './backoff';
import type { Keep } from './keep';

export interface Letter {
  readonly key: string;
  readonly threadId: string;
  readonly text: string;
  readonly photos: readonly PhotoView[];
  readonly replyTo?: number;
  /** The button of the bot that says this: it goes with each try, since a retry is the same write. */
  readonly pick?: string;
  /** When it was written, by this device's clock. */
  readonly at: number;
  /** Set where the server refused it for good; it stays until its author tries again or throws it away. */
  readonly refused?: { readonly code: RefusalCode; readonly reason: string };
}

export interface OutboxParts {
  keep: Keep;
  /** Sends one letter. Rejects with a Refusal; `offline` means that the outcome is not known. */
  send(letter: Letter): Promise<Ack>;
  /** The letter stands in its thread now. */
  onAck(letter: Letter, ack: Ack): void;
}

/** A letter that another tab wrote is left to that tab for so long. */
export const FOREIGN_MS = 20_000;

const PREFIX = 'out:';

export class Outbox {
  readonly #parts: OutboxParts;
  readonly #all = signal<readonly Letter[]>([]);
  /** Threads with a letter under way. */
  readonly #busy = new Set<string>();
  /** Keys of letters that are another tab's to send, for now. */
  readonly #foreign = new Set<string>();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  readonly #unwatch: () => void;
  #tries = 0;
  #isOpen = false;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    this.#all.value = parts.keep
      .names(PREFIX)
      .map((name) => parse(parts.keep.read(name)))
      .filter((letter) => letter !== null)
      .sort(byAge);
    this.#unwatch = parts.keep.watch((name, text) => {
      if (name.startsWith(PREFIX)) this.#heard(name.slice(PREFIX.length), parse(text));
    });
  }

  /** Oldest first. */
  get letters(): ReadonlySignal<readonly Letter[]> {
    return this.#all;
  }

  /** Takes a letter and sends it as soon as there is a connection. */
  add(letter: Omit<Letter, 'key' | 'at'>): Letter {
    // Two in the same millisecond keep their order.
    const at = Math.max(Date.now(), (this.#all.value.at(-1)?.at ?? 0) + 1);
    const added: Letter = { ...letter, key: newKey(at), at };
    this.#put(added);
    this.#flush();
    return added;
  }

  /** Tries a refused letter again. A refused write stored no key, so the same one serves. */
  retry(key: string): void {
    const found = this.#find(key);
    if (found?.refused === undefined) return;
    const { refused, ...letter } = found;
    this.#foreign.delete(key);
    if (refused.code === 'key_reused') this.drop(key);
    this.#put(refused.code === 'key_reused' ? { ...letter, key: newKey() } : letter);
    this.#flush();
  }

  /** Forgets a letter: thrown away by its author, or seen in its thread. */
  drop(key: string): void {
    if (this.#find(key) === undefined) return;
    this.#parts.keep.remove(PREFIX + key);
    this.#all.value = this.#all.value.filter((letter) => letter.key !== key);
  }

  /** There is a connection: everything that waits goes. */
  opened(): void {
    this.#isOpen = true;
    this.#tries = 0;
    this.#flush();
  }

  closed(): void {
    this.#isOpen = false;
  }

  /** Ends this outbox of this page; what is kept stays kept. */
  dispose(): void {
    this.#isOpen = false;
    this.#unwatch();
    this.#timers.forEach(clearTimeout);
  }

  #find(key: string): Letter | undefined {
    return this.#all.value.find((letter) => letter.key === key);
  }

  #put(letter: Letter): void {
    this.#parts.keep.write(PREFIX + letter.key, JSON.stringify(letter));
    const others = this.#all.value.filter((other) => other.key !== letter.key);
    this.#all.value = [...others, letter].sort(byAge);
  }

  #flush(): void {
    if (!this.#isOpen) return;
    for (const letter of this.#all.value) {
      const isMine = letter.refused === undefined && !this.#foreign.has(letter.key);
      if (isMine && !this.#busy.has(letter.threadId)) void this.#post(letter);
    }
  }

  async #post(letter: Letter): Promise<void> {
    this.#busy.add(letter.threadId);
    const again = await this.#attempt(letter);
    this.#busy.delete(letter.threadId);
    if (again === 0) this.#flush();
    else this.#later(again);
  }

  /** Milliseconds to wait before the next try of this thread; 0 where this letter is settled. */
  async #attempt(letter: Letter): Promise<number> {
    try {
      const ack = await this.#parts.send(letter);
      this.#tries = 0;
      this.#parts.onAck(letter, ack);
      this.drop(letter.key);
      return 0;
    } catch (thrown) {
      const { code, reason, retryable, retryAfterMs } = refusalOf(thrown);
      this.#tries += 1;
      if (retryable) return Math.max(retryAfterMs, backoff(this.#tries - 1, Math.random()));
      if (this.#find(letter.key) !== undefined) this.#put({ ...letter, refused: { code, reason } });
      return 0;
    }
  }

  #later(ms: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#flush();
    }, ms);
    this.#timers.add(timer);
  }

  /** Another tab wrote, refused or settled a letter. It sends it; this one only steps in when that tab is gone. */
  #heard(key: string, letter: Letter | null): void {
    const others = this.#all.value.filter((other) => other.key !== key);
    const isNew = letter !== null && others.length === this.#all.value.length;
    this.#all.value = letter === null ? others : [...others, letter].sort(byAge);
    if (!isNew) return;
    this.#foreign.add(key);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#foreign.delete(key);
      this.#flush();
    }, FOREIGN_MS);
    this.#timers.add(timer);
  }
}

function parse(text: string | null): Letter | null {
  if (text === null) return null;
  try {
    return JSON.parse(text) as Letter;
  } catch {
    return null;
  }
}

function byAge(one: Letter, other: Letter): number {
  return one.at - other.at || (one.key < other.key ? -1 : 1);
}
