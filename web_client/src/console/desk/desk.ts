/** The desk of one agent: its connection, its lists, the conversation that is open. Draws nothing. */
import { computed, effect, signal, untracked, type ReadonlySignal, type Signal } from '@preact/signals';

import type { Shelf } from '../../connection/keep';
import type { Dial } from '../../connection/socket';
import { tapped } from '../../connection/tap';
import type { AgentLoad, DeskStart, DeskThread, Note } from '../../protocol/generated';
import { cookieAuth } from '../../services/auth';
import { DeskApi } from '../../services/desk';
import { Client } from '../../state/client';
import { applyAll, EMPTY_DESK, forgetLooks, withNotes, withRows, type DeskFrame, type DeskModel } from '../../state/desk';
import { countsOf, listOf, NO_FILTERS, type Filters, type ListName } from '../../state/desk-lists';
import type { Message } from '../../state/model';
import { neighbour } from '../../state/neighbour';
import { NARROW } from '../../ui/use-media';
import { Finding } from './finding';
import { Intake, type Listener } from './intake';
import { Looking } from './looking';
import { Pages } from './pages';

/** A conversation that is open, and the message in it that was asked for. */
export interface Place {
  readonly id: string;
  readonly seq?: number;
}

/** What is open above the desk. */
export type Window = 'help' | 'settings' | 'palette' | 'assign' | 'transfer' | 'snooze' | null;

export interface DeskParts {
  /** Who works here. */
  me: string;
  /** Where the API lives. */
  base: string;
  socketUrl: string;
  locale: () => string;
  shelf?: Shelf;
  dial?: Dial;
}

/** Labels, canned replies and macros are asked for anew this often while the desk is looked at. */
const RENEW_EVERY_MS = 60_000;

/** Who does nothing any more is looked for this often. */
const FORGET_EVERY_MS = 5_000;

const PLACE = /^#\/t\/([0-9a-f]{16})(?:\/(\d+))?$/;

export function placeIn(hash: string): Place | null {
  const [, id, seq] = PLACE.exec(hash) ?? [];
  if (id === undefined) return null;
  return seq === undefined ? { id } : { id, seq: Number(seq) };
}

export class Desk {
  readonly me: string;
  readonly api: DeskApi;
  readonly client: Client;
  readonly finding: Finding;
  readonly pages: Pages;
  readonly model: Signal<DeskModel> = signal(EMPTY_DESK);
  readonly list: Signal<ListName> = signal('mine');
  readonly filters: Signal<Filters> = signal(NO_FILTERS);
  readonly place: Signal<Place | null> = signal(placeIn(location.hash));
  readonly window: Signal<Window> = signal(null);
  /** Which of both is written: an answer or a note. */
  readonly writes: Signal<'reply' | 'note'> = signal('reply');
  /** Rises when the cursor is wanted there. */
  readonly writeWish: Signal<number> = signal(0);
  /** What is known of the customer, where it lies above the conversation: on narrow screens. */
  readonly isPeeking: Signal<boolean> = signal(false);
  /** Whether the room of the desk is the one that is shown. */
  readonly isShown: Signal<boolean> = signal(true);
  readonly rows: ReadonlySignal<readonly DeskThread[]>;
  readonly counts: ReadonlySignal<Partial<Record<ListName, number>>>;
  /** Teams, labels, canned replies, macros: what changes seldom. */
  readonly kit: ReadonlySignal<DeskStart | null>;
  readonly looks: ReadonlySignal<DeskModel['looks']>;
  readonly load: ReadonlySignal<AgentLoad | null>;
  /** The row of the conversation that is open. */
  readonly open: ReadonlySignal<DeskThread | null>;
  readonly #intake = new Intake((frames) => {
    this.#takeIn(frames);
  });
  readonly #looking = new Looking({
    tell: (id, doing) => {
      this.client.lobby.session.tell({ t: 'look', thread_id: id, doing });
    },
    place: () => (this.isShown.peek() && document.visibilityState === 'visible' ? (this.place.peek()?.id ?? null) : null),
  });
  readonly #unhook: (() => void)[] = [];
  #lastPlace = 0;

  constructor({ me, base, dial, ...parts }: DeskParts) {
    this.me = me;
    this.api = new DeskApi(cookieAuth, base, (command) => this.client.lobby.session.ask(command));
    this.client = new Client({ ...parts, api: this.api, dial: tapped((frame) => this.#hear(frame as DeskFrame), dial) });
    this.finding = new Finding(this.api);
    this.pages = new Pages({
      api: this.api,
      query: () => ({ list: this.list.value, ...this.filters.value }),
      take: (rows, isAnew) => {
        this.#took(rows, isAnew);
      },
    });
    this.rows = computed(() => listOf(this.model.value.rows.values(), this.list.value, this.filters.value, this.me, this.pages.edge.value));
    this.counts = computed(() => countsOf(this.model.value.counts, this.me, this.filters.value.team));
    this.kit = computed(() => this.model.value.start);
    this.looks = computed(() => this.model.value.looks);
    this.load = computed(() => this.model.value.counts?.agents.find(({ id }) => id === this.me) ?? this.model.value.start?.me ?? null);
    this.open = computed(() => this.model.value.rows.get(this.place.value?.id ?? '') ?? null);
  }

  /** Connects and keeps up to date until it is disposed. */
  start(): void {
    const onHash = (): void => {
      this.#goTo(placeIn(location.hash));
    };
    window.addEventListener('hashchange', onHash);
    const forgetting = setInterval(() => {
      this.model.value = forgetLooks(this.model.peek(), Date.now());
    }, FORGET_EVERY_MS);
    const renewing = setInterval(() => {
      if (this.isShown.peek() && document.visibilityState === 'visible') void this.#begin();
    }, RENEW_EVERY_MS);
    this.#looking.start();
    this.#unhook.push(
      // The connection that sends a message hears of it by its answer alone.
      this.client.listen({
        sent: (letter, { seq, at }) => {
          const event: Message = { kind: 'posted', seq, at, side: 'staff', author: this.me, text: letter.text, photos: [...letter.photos] };
          this.#hear({ t: 'event', thread_id: letter.threadId, event });
        },
      }),
      () => {
        window.removeEventListener('hashchange', onHash);
      },
      () => {
        clearInterval(forgetting);
        clearInterval(renewing);
        this.#looking.stop();
        this.#intake.stop();
      },
      effect(() => {
        if (this.client.connection.value.kind === 'open') untracked(() => void this.refresh());
      }),
      // What was made in another room meanwhile is there.
      effect(() => {
        if (this.isShown.value) untracked(() => void this.#begin());
      }),
      effect(() => {
        const id = this.place.value?.id;
        // Before there is a connection, the refresh after its welcome does it.
        if (id !== undefined && this.client.connection.peek().kind === 'open') untracked(() => void this.#attend(id));
      }),
    );
    this.client.start();
    void this.pages.begin();
  }

  dispose(): void {
    this.#unhook.forEach((unhook) => {
      unhook();
    });
    this.client.dispose();
  }

  /** Ends all that runs and forgets what this browser kept of this agent. */
  signOut(): void {
    this.dispose();
    this.client.signOut();
  }

  /** Everything that may have changed unseen: after each welcome. */
  async refresh(): Promise<void> {
    await Promise.all([this.#begin(), this.pages.again()]);
    const open = this.place.peek();
    if (open !== null) await this.#attend(open.id);
  }

  pick(list: ListName): void {
    this.finding.clear();
    if (list === this.list.value) return;
    this.list.value = list;
    this.#lastPlace = 0;
    void this.pages.begin();
  }

  narrow(filters: Partial<Filters>): void {
    this.filters.value = { ...this.filters.value, ...filters };
    void this.pages.begin();
  }

  /** The address says which conversation is open, so that the browser's own "back" leads to the list. */
  visit(id: string, seq?: number): void {
    const at = this.rows.value.findIndex((row) => row.id === id);
    if (at >= 0) this.#lastPlace = at;
    location.hash = `#/t/${id}${seq === undefined ? '' : `/${String(seq)}`}`;
    this.#goTo(seq === undefined ? { id } : { id, seq });
  }

  /** Back to the list. */
  leave(): void {
    if (this.place.value === null) return;
    location.hash = '#/';
    this.#goTo(null);
  }

  step(step: 1 | -1): void {
    const next = neighbour(this.rows.value, this.place.value?.id ?? null, this.#lastPlace, step);
    if (next !== null) this.visit(next.id);
  }

  /** The open conversation has left the list: the one that took its place is next, or there is none. */
  moveOn(): void {
    const rows = this.rows.value.filter(({ id }) => id !== this.place.value?.id);
    const next = rows[Math.min(this.#lastPlace, rows.length - 1)];
    if (next !== undefined && !matchMedia(NARROW).matches) this.visit(next.id);
    else this.leave();
  }

  /** Puts the cursor where an answer or a note is written. */
  write(what: 'reply' | 'note'): void {
    this.writes.value = what;
    this.writeWish.value += 1;
  }

  /** Rows that an answer has brought. */
  put(...rows: readonly DeskThread[]): void {
    this.model.value = withRows(this.model.value, rows);
  }

  putNotes(id: string, notes: readonly Note[]): void {
    this.model.value = withNotes(this.model.value, id, notes);
  }

  async setAvailability(availability: AgentLoad['availability']): Promise<void> {
    const load = await this.api.available(availability);
    const { counts } = this.model.value;
    if (counts === null) return;
    const agents = counts.agents.map((agent) => (agent.id === load.id ? load : agent));
    this.model.value = { ...this.model.value, counts: { ...counts, agents } };
  }

  /** The threads that were taken from me were seen. */
  seeReturned(): void {
    this.model.value = { ...this.model.value, returned: [] };
  }

  /** Keys are pressed in an answer or a note: the others see it. */
  answering(): void {
    this.#looking.answering();
  }

  listen(listener: Listener): () => void {
    this.#intake.listeners.add(listener);
    return () => this.#intake.listeners.delete(listener);
  }

  /** Answers whether the session need not hear of it: it never asks for a thread that nobody has opened. */
  #hear(frame: DeskFrame): boolean {
    const isNews = frame.t.startsWith('desk.');
    if (!isNews && frame.t !== 'event' && frame.t !== 'marks') return false;
    this.#intake.hear(frame);
    return isNews || (frame.t === 'event' && !this.client.chat.value.threads.has(frame.thread_id));
  }

  #takeIn(frames: readonly DeskFrame[]): void {
    const before = this.open.value;
    this.model.value = applyAll(this.model.value, frames, Date.now());
    const after = this.open.value;
    if (after !== null && before?.id === after.id && before.agent?.id !== after.agent?.id) void this.#review(after.id);
  }

  /** Who may write has changed with whose the thread is. */
  #review(id: string): Promise<void> {
    return this.client.lobby.refresh(id).catch(() => undefined);
  }

  async #begin(): Promise<void> {
    try {
      const start: DeskStart = await this.api.start();
      this.model.value = { ...this.model.value, start, counts: start.counts };
    } catch {
      // The next welcome asks again; the lists say for themselves that they failed.
    }
  }

  #took(rows: readonly DeskThread[], isAnew: boolean): void {
    const open = this.open.value;
    const base = isAnew ? { ...this.model.value, rows: new Map(open === null ? [] : [[open.id, open]]) } : this.model.value;
    this.model.value = withRows(base, rows);
  }

  /** The row and the notes of the conversation that is opened. */
  async #attend(id: string): Promise<void> {
    this.isPeeking.value = false;
    this.#looking.say();
    try {
      const [row, notes] = await Promise.all([this.api.row(id), this.api.notes(id)]);
      this.put(row);
      this.model.value = withNotes(this.model.value, id, notes, true);
    } catch {
      // The conversation itself says what is wrong with it.
    }
  }

  /** The address tells of it once more, a moment later. */
  #goTo(place: Place | null): void {
    const before = this.place.peek();
    if (before?.id === place?.id && before?.seq === place?.seq) return;
    if (before?.id !== place?.id) this.writes.value = 'reply';
    this.place.value = place;
    if (place === null) this.#looking.say();
  }
}
