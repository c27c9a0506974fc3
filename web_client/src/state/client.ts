/**
 * One person's Parley in one page: the lobby, and everything that may be done in conversations.
 * Screens read its signals and call its methods; they never speak to the server themselves.
 */
import { effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';

import { Belongings } from '../connection/belongings';
import type { Drafts } from '../connection/drafts';
import type { Shelf } from '../connection/keep';
import type { ConnectionState } from '../connection/machine';
import type { Letter } from '../connection/outbox';
import type { Dial } from '../connection/socket';
import {
  CLOSE,
  type Ack,
  type OpenThread,
  type OrderView,
  type PutThreadSettings,
  type ThreadView,
  type Watched,
} from '../protocol/generated';
import { Refusal, refusalOf } from '../protocol/refusal';
import type { Api } from '../services/api';
import { DEEP } from './apply';
import { contactsOf, NO_CONTACTS, withContacts, type AllContacts, type Told } from './contacts';
import { History } from './history';
import { withOrder } from './list';
import { Lobby, type LobbyEvents } from './lobby';
import { EMPTY_CHAT, type Chat, type Message, type Thread } from './model';
import { forgetTimelines } from './resume';
import { rated as withRating } from './timeline';

export interface ClientParts {
  api: Api;
  socketUrl: string;
  /** The language of the screen, for the server's sentences. */
  locale: () => string;
  shelf?: Shelf;
  dial?: Dial;
  /** Where there is one already; it must be of the same person. */
  lobby?: Lobby;
}

/** Events of so many threads are held at once. */
const MOST_OPEN = 20;

function placeOf({ position, expected_ms: expectedMs }: Watched): Thread['queue'] {
  return position === undefined ? null : { position, expectedMs: expectedMs ?? null };
}

/** "Typing" is said again this often while it lasts. */
const TYPING_EVERY_MS = 3_000;

export class Client {
  readonly api: Api;
  readonly lobby: Lobby;
  readonly history: History;
  readonly #belongings: Belongings;
  /** Threads on the screen, and how many places show each. */
  readonly #watched = new Map<string, number>();
  readonly #failed: Signal<ReadonlyMap<string, Refusal>> = signal(new Map());
  readonly #contacts: Signal<AllContacts> = signal(NO_CONTACTS);
  readonly #unhook: () => void;
  #recent: string[] = [];
  /** Whose belongings these are. */
  #person = '';
  #typedAt = 0;

  constructor({ api, shelf, lobby, ...parts }: ClientParts) {
    this.api = api;
    this.lobby = lobby ?? new Lobby({ ...parts, http: api });
    this.#belongings = new Belongings(
      {
        send: (letter) => this.#post(letter),
        onAck: (letter, ack) => {
          this.#acknowledged(letter, ack);
        },
      },
      shelf,
    );
    this.history = new History({
      ask: (command) => this.lobby.session.ask(command),
      read: () => this.lobby.chat.value,
      write: (chat) => {
        this.lobby.chat.value = chat;
      },
    });
    this.#unhook = effect(() => {
      this.lobby.letters.value = this.#belongings.letters.value;
      this.lobby.drafts.value = this.#belongings.drafts.value;
    });
    this.lobby.guest = {
      depth: DEEP,
      opened: this.#opened,
      turned: this.#turned,
      seen: (key) => this.#belongings.outbox?.drop(key),
      heal: (thread) => this.history.heal(thread),
    };
    if (this.connection.value.kind === 'open') this.#opened();
  }

  /** What is known of the conversations. */
  get chat(): ReadonlySignal<Chat> {
    return this.lobby.chat;
  }

  get connection(): ReadonlySignal<ConnectionState> {
    return this.lobby.connection;
  }

  /** This person's messages that are not acknowledged yet, oldest first. */
  get letters(): ReadonlySignal<readonly Letter[]> {
    return this.lobby.letters;
  }

  /** Threads that were asked for and could not be shown, and why. */
  get troubles(): ReadonlySignal<ReadonlyMap<string, Refusal>> {
    return this.#failed;
  }

  /** In which messages sent from this page the server has found contact data. */
  get contacts(): ReadonlySignal<AllContacts> {
    return this.#contacts;
  }

  /** What is begun and not sent; null before the first welcome. */
  get drafts(): ReadonlySignal<Drafts | null> {
    return this.lobby.drafts;
  }

  /** The server's time. */
  now(): number {
    return Date.now() + this.chat.value.skew;
  }

  start(): void {
    this.lobby.start();
  }

  /** Tries to come back at once, also after the server said to stay away. */
  reconnect(): void {
    this.lobby.reconnect();
  }

  /** Ends all that runs; outbox and drafts stay for next time. */
  dispose(): void {
    this.lobby.dispose();
    this.lobby.guest = null;
    this.#belongings.dispose();
    this.#unhook();
  }

  /** Ends all that runs and forgets what this browser kept of this person. */
  signOut(): void {
    this.#belongings.clear();
    this.dispose();
    this.#contacts.value = NO_CONTACTS;
    this.lobby.chat.value = EMPTY_CHAT;
  }

  /** Answers how to stop listening. */
  listen(events: LobbyEvents): () => void {
    return this.lobby.listen(events);
  }

  /** Shows a thread: its newest events are loaded and its typing and presence come. Answers how to leave it. */
  visit(id: string): () => void {
    this.#watched.set(id, (this.#watched.get(id) ?? 0) + 1);
    this.#recent = [...this.#recent.filter((other) => other !== id), id].slice(-MOST_OPEN);
    const kept = [...this.#recent, ...this.#watched.keys()];
    this.lobby.chat.value = forgetTimelines(this.chat.value, kept);
    if (this.connection.value.kind === 'open') void this.#attend(id);
    return () => {
      const left = (this.#watched.get(id) ?? 1) - 1;
      if (left > 0) this.#watched.set(id, left);
      else this.#leave(id);
    };
  }

  /** Tries again to show a thread that could not be shown. */
  revisit(id: string): void {
    this.#trouble(id, null);
    if (this.connection.value.kind === 'open') void this.#attend(id);
    else this.reconnect();
  }

  /** The thread about a product or an order; it is made where there is none. */
  async open(about: OpenThread): Promise<ThreadView> {
    const view = await this.api.openThread(about);
    this.lobby.take({ t: 'thread', thread: view });
    return view;
  }

  /** More threads, if there are more. */
  moreThreads(): Promise<void> {
    return this.lobby.moreThreads();
  }

  /** Takes in views that came another way: search, archive. */
  hold(views: readonly ThreadView[]): void {
    this.lobby.hold(views);
  }

  /** Shows a message at once and sends it as soon as it can be sent. */
  send(letter: Omit<Letter, 'key' | 'at'>): Letter | null {
    this.#typedAt = 0;
    return this.#belongings.outbox?.add(letter) ?? null;
  }

  /** Says other words in a message of this person's. Rejects with a Refusal. */
  async edit(threadId: string, seq: number, text: string): Promise<void> {
    this.#screened(threadId, seq, await this.api.edit(threadId, seq, text));
  }

  /** Resolves once it is known who is here, so that what is sent is kept as his. */
  known(): Promise<void> {
    return new Promise((resolve) => {
      const stop = effect(() => {
        if (this.drafts.value === null) return;
        resolve();
        queueMicrotask(() => {
          stop();
        });
      });
    });
  }

  retry(key: string): void {
    this.#belongings.outbox?.retry(key);
  }

  discard(key: string): void {
    this.#belongings.outbox?.drop(key);
  }

  /** This person is typing; may be said with each key pressed. */
  typing(id: string): void {
    if (Date.now() - this.#typedAt < TYPING_EVERY_MS) return;
    this.#typedAt = Date.now();
    this.lobby.session.tell({ t: 'typing', thread_id: id });
  }

  /** Everything in a thread that this page holds has been seen. */
  markRead(id: string): void {
    const thread = this.chat.value.threads.get(id);
    const seq = thread?.timeline?.last ?? 0;
    if (thread === undefined || thread.timeline?.moreAfter === true || seq === 0) return;
    if (seq <= (thread.view.read ?? 0) && (thread.view.unread ?? 0) === 0) return;
    this.lobby.marks.raise(id, { delivered: seq, read: seq });
    const mark = { side: thread.view.my_side, delivered: seq, read: seq };
    this.lobby.take({ t: 'marks', thread_id: id, mark, read: seq, unread: 0 });
  }

  async putSettings(id: string, settings: PutThreadSettings): Promise<void> {
    this.lobby.take({ t: 'thread', thread: await this.api.putSettings(id, settings) });
  }

  async putBlock(id: string, blocked: boolean): Promise<void> {
    this.lobby.take({ t: 'thread', thread: await this.api.putBlock(id, blocked) });
  }

  async confirmReceipt(order: string, withdraw = false): Promise<OrderView> {
    const after = await this.api.confirmReceipt(order, withdraw);
    this.lobby.chat.value = withOrder(this.chat.value, after);
    return after;
  }

  /** Says whether an answer of the bot helped. */
  async rate(id: string, seq: number, helpful: boolean): Promise<void> {
    await this.api.feedback(id, seq, helpful);
    const timeline = this.chat.value.threads.get(id)?.timeline ?? null;
    if (timeline !== null) this.#change(id, { timeline: withRating(timeline, seq, helpful) });
  }

  /** Says how the person found it that support has answered. */
  async rateSupport(id: string, score: number, comment: string): Promise<void> {
    await this.api.rateSupport(id, { score, ...(comment === '' ? {} : { comment }) });
    const view = this.chat.value.threads.get(id)?.view;
    if (view !== undefined) this.#change(id, { view: { ...view, csat: score } });
    this.lobby.listeners.forEach(({ rated }) => rated?.(id, score));
  }

  /** The address that this person has left in a thread with support, on this device; empty where none. */
  contact(id: string): string {
    return this.#belongings.contact(id);
  }

  /** Leaves an address to which answers of support are written; an empty one takes it back. */
  async leaveEmail(id: string, email: string): Promise<void> {
    if (email === '') await this.api.forgetEmail(id);
    else await this.api.leaveEmail(id, email);
    this.#belongings.keepContact(id, email);
  }

  /** Fetches an order that only its id is known of. */
  async needOrder(id: string): Promise<void> {
    if (this.chat.value.orders.has(id)) return;
    const order = await this.api.order(id);
    this.lobby.chat.value = withOrder(this.chat.value, order);
  }

  readonly #opened = (): void => {
    const person = this.chat.value.me?.id ?? '';
    if (person !== this.#person || this.#belongings.outbox === null) this.#belongings.become(person);
    this.#person = person;
    this.#watched.forEach((_, id) => void this.#attend(id));
    this.#belongings.outbox?.opened();
  };

  readonly #turned = (state: ConnectionState): void => {
    if (state.kind !== 'open') this.#belongings.outbox?.closed();
    if (state.kind === 'stopped' && state.code === CLOSE.signedOut) this.#belongings.clear();
  };

  async #attend(id: string): Promise<void> {
    try {
      if (!this.chat.value.threads.has(id)) await this.lobby.refresh(id);
      await this.history.open(id);
      const watched = await this.lobby.session.ask({ t: 'watch', thread_id: id });
      if (watched.t === 'watched') this.#change(id, { online: watched.online ?? false, queue: placeOf(watched) });
      this.#trouble(id, null);
    } catch (thrown) {
      // Offline: the next welcome attends to it again.
      const refusal = refusalOf(thrown);
      if (refusal.code !== 'offline') this.#trouble(id, refusal);
    }
  }

  #trouble(id: string, refusal: Refusal | null): void {
    const troubles = new Map(this.#failed.value);
    if (refusal === null && !troubles.delete(id)) return;
    if (refusal !== null) troubles.set(id, refusal);
    this.#failed.value = troubles;
  }

  #leave(id: string): void {
    this.#watched.delete(id);
    this.#change(id, { online: null, typing: null });
    void this.lobby.session.ask({ t: 'unwatch', thread_id: id }).catch(() => undefined);
  }

  #change(id: string, part: Partial<Thread>): void {
    const thread = this.chat.value.threads.get(id);
    if (thread === undefined) return;
    const threads = new Map(this.chat.value.threads).set(id, { ...thread, ...part });
    this.lobby.chat.value = { ...this.chat.value, threads };
  }

  async #post({ key, threadId, text, photos, replyTo, pick }: Letter): Promise<Ack> {
    const answer = await this.lobby.session.ask({
      t: 'message.send',
      thread_id: threadId,
      client_key: key,
      text,
      photos: photos.map(({ id }) => id),
      ...(replyTo === undefined ? {} : { reply_to: replyTo }),
      ...(pick === undefined ? {} : { pick }),
    });
    if (answer.t !== 'ack') throw new Refusal('internal');
    return answer;
  }

  /** The message is stored: it takes its place in the thread without waiting for its own push. */
  #acknowledged(letter: Letter, ack: Ack): void {
    const { me, threads } = this.chat.value;
    const view = threads.get(letter.threadId)?.view;
    if (view !== undefined && me !== null) {
      const event: Message = {
        kind: 'posted',
        seq: ack.seq,
        at: ack.at,
        side: view.my_side,
        author: me.id,
        // Where contact data were hidden, what is stored is not what was sent.
        text: ack.text ?? letter.text,
        photos: [...letter.photos],
        client_key: letter.key,
        ...(letter.replyTo === undefined ? {} : { reply_to: letter.replyTo }),
      };
      this.lobby.take({ t: 'event', thread_id: letter.threadId, event });
    }
    this.#screened(letter.threadId, ack.seq, ack);
    this.lobby.listeners.forEach(({ sent }) => sent?.(letter, ack));
  }

  #screened(threadId: string, seq: number, told: Told): void {
    const found = contactsOf(told);
    this.#contacts.value = withContacts(this.#contacts.value, threadId, seq, found);
    if (found !== null) this.lobby.listeners.forEach(({ screened }) => screened?.(threadId, found));
  }
}
