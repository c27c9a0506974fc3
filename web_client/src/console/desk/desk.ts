/** The desk of one agent: its connection, its lists, the conversation that is open. Draws nothing. */
import { computed, effect, signal, untracked, type ReadonlySignal, type Signal } from '@preact/signals';

import type { Shelf } from '../../connection/keep';
import type { Dial } from '../../connection/socket';
import { tapped } from '../../connection/tap';
import type { AgentLoad, DeskHit, DeskStart, DeskThread, Note } from '../../protocol/generated';
import { cookieAuth } from '../../services/auth';
import { DeskApi } from '../../services/desk';
import { Client } from '../../state/client';
import { applyAll, EMPTY_DESK, forgetLooks, withNotes, withRows, type DeskFrame, type DeskModel } from '../../state/desk';
import { countsOf, listOf, NO_FILTERS, type Filters, type ListName } from '../../state/desk-lists';
import { Finding } from '../../state/finding';
import type { Message } from '../../state/model';
import { Places, type Place } from '../../ui/places';
import { Intake, type Listener } from './intake';
import { Looking } from './looking';
import { Pages } from './pages';

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

export class Desk extends Places {
  readonly me: string;
  readonly api: DeskApi;
  readonly client: Client;
  readonly finding: Finding<DeskHit>;
  readonly pages: Pages;
  readonly model: Signal<DeskModel> = signal(EMPTY_DESK);
  readonly list: Signal<ListName> = signal('mine');
  readonly filters: Signal<Filters> = signal(NO_FILTERS);
  readonly window: Signal<Window> = signal(null);
  /** Which of both is written: an answer or a note. */
  readonly writes: Signal<'reply' | 'note'> = signal('reply');
  /** The cursor is wanted there, and goes there as soon as there is a text to write in. */
  readonly wantsCursor: Signal<boolean> = signal(false);
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

  constructor({ me, base, dial, ...parts }: DeskParts) {
    super();
    this.me = me;
    this.api = new DeskApi(cookieAuth, base, (command) => this.client.lobby.session.ask(command));
    this.client = new Client({ ...parts, api: this.api, dial: tapped((frame) => this.#hear(frame as DeskFrame), dial) });
    this.finding = new Finding((words, before) => this.api.find(words, before));
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
      this.followAddress(),
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
    this.lastPlace = 0;
    void this.pages.begin();
  }

  narrow(filters: Partial<Filters>): void {
    this.filters.value = { ...this.filters.value, ...filters };
    void this.pages.begin();
  }

  protected listed(): readonly DeskThread[] {
    return this.rows.value;
  }

  protected moved(before: Place | null, place: Place | null): void {
    if (before?.id !== place?.id) {
      this.writes.value = 'reply';
      this.wantsCursor.value = false;
    }
    if (place === null) this.#looking.say();
  }

  /** Puts the cursor where an answer or a note is written. */
  write(what: 'reply' | 'note'): void {
    this.writes.value = what;
    this.wantsCursor.value = true;
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
}
