/** Pages of a thread's events: the end of it, older ones, missing ones, those around a message. */
import type { Asked } from '../protocol/codec';
import type { Answer } from '../protocol/generated';
import { Refusal } from '../protocol/refusal';
import type { Chat, Timeline } from './model';
import { applyPage, type PageOf } from './resume';
import { messageAt } from './timeline';

export const PAGE = 50;

interface Place {
  before?: number;
  after?: number;
  around?: number;
}

export interface HistoryParts {
  ask(command: Asked): Promise<Answer>;
  read(): Chat;
  write(chat: Chat): void;
}

export class History {
  readonly #parts: HistoryParts;
  /** Requests under way, so that the same page is not asked for twice. */
  readonly #running = new Map<string, Promise<void>>();

  constructor(parts: HistoryParts) {
    this.#parts = parts;
  }

  /** The newest events of a thread, if none are held. */
  async open(thread: string): Promise<void> {
    if (this.#timeline(thread) === null) await this.#page(thread, 'end', {});
  }

  /** Drops where somebody has jumped to, and shows the newest events. */
  async end(thread: string): Promise<void> {
    await this.#page(thread, 'end', {});
  }

  async older(thread: string): Promise<void> {
    const first = this.#timeline(thread)?.events[0]?.seq;
    if (first !== undefined && first > 1) await this.#page(thread, 'before', { before: first });
  }

  /** The page after the run that is held: somebody who jumped back scrolls on towards the present. */
  async newer(thread: string): Promise<void> {
    const after = this.#timeline(thread)?.last;
    if (after !== undefined) await this.#page(thread, 'after', { after });
  }

  /** Fills the hole that a push has shown. One that is too long is given up for the newest events. */
  async heal(thread: string): Promise<void> {
    await this.newer(thread);
    if (this.#timeline(thread)?.moreAfter === true) await this.end(thread);
  }

  /** Makes sure that a message is held, leaving the present if need be. Answers whether it is there now. */
  async around(thread: string, seq: number): Promise<boolean> {
    if (!this.#holds(thread, seq)) await this.#page(thread, 'around', { around: seq });
    return this.#holds(thread, seq);
  }

  #holds(thread: string, seq: number): boolean {
    const timeline = this.#timeline(thread);
    return timeline !== null && messageAt(timeline, seq) !== null;
  }

  #timeline(thread: string): Timeline | null {
    return this.#parts.read().threads.get(thread)?.timeline ?? null;
  }

  #page(thread: string, asked: PageOf, place: Place): Promise<void> {
    const name = `${thread} ${asked} ${String(place.around ?? '')}`;
    const running = this.#running.get(name);
    if (running !== undefined) return running;
    const started = this.#load(thread, asked, place).finally(() => this.#running.delete(name));
    this.#running.set(name, started);
    return started;
  }

  async #load(thread: string, asked: PageOf, place: Place): Promise<void> {
    const page = await this.#parts.ask({ t: 'history', thread_id: thread, limit: PAGE, ...place });
    if (page.t !== 'page') throw new Refusal('internal');
    this.#parts.write(applyPage(this.#parts.read(), page, asked));
    // A push may have overtaken the page: what it brought is known to be there, but was not held.
    const after = this.#timeline(thread)?.last ?? 0;
    const isNew = page.events.length > 0 || asked !== 'after';
    if (isNew && this.#isBehind(thread)) await this.#load(thread, 'after', { after });
  }

  #isBehind(thread: string): boolean {
    const { timeline, view } = this.#parts.read().threads.get(thread) ?? {};
    return timeline !== undefined && timeline !== null && !timeline.moreAfter && timeline.last < (view?.last_seq ?? 0);
  }
}
