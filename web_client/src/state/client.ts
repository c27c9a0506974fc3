/**
 * One person's Parley in one page: the state, kept true by the connection, and everything that may be done to it.
 * Screens read its signals and call its methods; they never speak to the server themselves.
 */
import { signal, type ReadonlySignal, type Signal } from '@preact/signals';

import { Belongings } from '../connection/belongings';
import { followBrowser } from '../connection/browser';
import type { Drafts } from '../connection/drafts';
import type { Shelf } from '../connection/keep';
import type { Letter } from '../connection/outbox';
import { Session, type SessionParts } from '../connection/session';
import type { Dial } from '../connection/socket';
import type { ConnectionState } from '../connection/machine';
import {
  CLOSE,
  LIMITS,
  type Ack,
  type EventPush,
  type OpenThread,
  type OrderView,
  type Push,
  type PutThreadSettings,
  type ThreadView,
  type Welcome,
} from '../protocol/generated';
import { Refusal, refusalOf } from '../protocol/refusal';
import type { Api } from '../services/api';
import { apply, forgetTyping, TYPING_MS, withOrder } from './apply';
import { History } from './history';
import { Marks } from './marks';
import { EMPTY_CHAT, type Chat, type Message, type Thread, type Want } from './model';
import { applyList, applyWelcome, forgetTimelines, knownOf } from './resume';
import { isMine } from './select';

export interface ClientParts {
  api: Api;
  socketUrl: string;
  /** The language of the screen, for the server's sentences. */
  locale: () => string;
  shelf?: Shelf;
  dial?: Dial;
}

/** What screens and the host page are told beside the state. */
export interface ClientEvents {
  /** Somebody else's message came while this page was looking. */
  received?: (message: Message, thread: ThreadView) => void;
  /** A message of this person is stored. */
  sent?: (letter: Letter, ack: Ack) => void;
}

/** Events of so many threads are held at once. */
const MOST_OPEN = 20;

/** "Typing" is said again this often while it lasts. */
const TYPING_EVERY_MS = 3_000;

export class Client {
  readonly api: Api;
  readonly history: History;
  private readonly current: Signal<Chat> = signal(EMPTY_CHAT);
  private readonly belongings: Belongings;
  private readonly session: Session;
  private readonly marks: Marks;
  private readonly listeners = new Set<ClientEvents>();
  /** Threads on the screen, and how many places show each. */
  private readonly watched = new Map<string, number>();
  private readonly unhook: readonly (() => void)[];
  private readonly failed: Signal<ReadonlyMap<string, Refusal>> = signal(new Map());
  private recent: string[] = [];
  private typedAt = 0;

  constructor(parts: ClientParts) {
    this.api = parts.api;
    this.session = new Session(this.sessionParts(parts));
    this.belongings = new Belongings(
      {
        send: (letter) => this.post(letter),
        onAck: (letter, ack) => {
          this.acknowledged(letter, ack);
        },
      },
      parts.shelf,
    );
    this.marks = new Marks((command) => {
      this.session.tell(command);
    });
    this.history = new History({
      ask: (command) => this.session.ask(command),
      read: () => this.current.value,
      write: (chat) => {
        this.current.value = chat;
      },
    });
    this.unhook = [followBrowser(this.session), this.session.state.subscribe((state) => { this.turned(state); })];
  }

  /** What is known of the conversations. */
  get chat(): ReadonlySignal<Chat> {
    return this.current;
  }

  get connection(): ReadonlySignal<ConnectionState> {
    return this.session.state;
  }

  /** This person's messages that are not acknowledged yet, oldest first. */
  get letters(): ReadonlySignal<readonly Letter[]> {
    return this.belongings.letters;
  }

  /** Threads that were asked for and could not be shown, and why. */
  get troubles(): ReadonlySignal<ReadonlyMap<string, Refusal>> {
    return this.failed;
  }

  /** What is begun and not sent; null before the first welcome. */
  get drafts(): ReadonlySignal<Drafts | null> {
    return this.belongings.drafts;
  }

  /** The server's time. */
  now(): number {
    return Date.now() + this.chat.value.skew;
  }

  start(): void {
    this.session.start();
  }

  /** Tries to come back at once, also after the server said to stay away. */
  reconnect(): void {
    this.session.start();
    this.session.wake();
  }

  /** Ends all that runs; outbox and drafts stay for next time. */
  dispose(): void {
    this.unhook.forEach((unhook) => {
      unhook();
    });
    this.session.stop();
    this.marks.dispose();
    this.belongings.dispose();
  }

  /** Ends all that runs and forgets what this browser kept of this person. */
  signOut(): void {
    this.dispose();
    this.belongings.clear();
    this.current.value = EMPTY_CHAT;
  }

  /** Answers how to stop listening. */
  listen(events: ClientEvents): () => void {
    this.listeners.add(events);
    return () => this.listeners.delete(events);
  }

  /** Shows a thread: its newest events are loaded and its typing and presence come. Answers how to leave it. */
  visit(id: string): () => void {
    this.watched.set(id, (this.watched.get(id) ?? 0) + 1);
    this.recent = [...this.recent.filter((other) => other !== id), id];
    this.current.value = forgetTimelines(this.current.value, [...this.recent, ...this.watched.keys()], MOST_OPEN);
    if (this.connection.value.kind === 'open') void this.attend(id);
    return () => {
      const left = (this.watched.get(id) ?? 1) - 1;
      if (left > 0) this.watched.set(id, left);
      else this.leave(id);
    };
  }

  /** Tries again to show a thread that could not be shown. */
  revisit(id: string): void {
    this.trouble(id, null);
    if (this.connection.value.kind === 'open') void this.attend(id);
    else this.reconnect();
  }

  /** The thread about a product or an order; it is made where there is none. */
  async open(about: OpenThread): Promise<ThreadView> {
    const view = await this.api.openThread(about);
    this.take({ t: 'thread', thread: view });
    return view;
  }

  /** More threads, if there are more. */
  async moreThreads(): Promise<void> {
    const before = this.chat.value.next;
    if (before === '') return;
    const list = await this.session.ask({ t: 'threads', before });
    if (list.t === 'thread_list') this.current.value = applyList(this.chat.value, list);
  }

  /** Takes in views that came another way: search, archive. */
  hold(views: readonly ThreadView[]): void {
    const { next } = this.chat.value;
    this.current.value = applyList(this.chat.value, { threads: [...views], next });
  }

  /** Shows a message at once and sends it as soon as it can be sent. */
  send(letter: Omit<Letter, 'key' | 'at'>): Letter | null {
    this.typedAt = 0;
    return this.belongings.outbox?.add(letter) ?? null;
  }

  retry(key: string): void {
    this.belongings.outbox?.retry(key);
  }

  discard(key: string): void {
    this.belongings.outbox?.drop(key);
  }

  /** This person is typing; may be said with each key pressed. */
  typing(id: string): void {
    if (Date.now() - this.typedAt < TYPING_EVERY_MS) return;
    this.typedAt = Date.now();
    this.session.tell({ t: 'typing', thread_id: id });
  }

  /** Everything in a thread that this page holds has been seen. */
  markRead(id: string): void {
    const thread = this.chat.value.threads.get(id);
    const seq = thread?.timeline?.last ?? 0;
    if (thread === undefined || thread.timeline?.moreAfter === true || seq === 0) return;
    if (seq <= (thread.view.read ?? 0) && (thread.view.unread ?? 0) === 0) return;
    this.marks.raise(id, { delivered: seq, read: seq });
    const mark = { side: thread.view.my_side, delivered: seq, read: seq };
    this.take({ t: 'marks', thread_id: id, mark, read: seq, unread: 0 });
  }

  async putSettings(id: string, settings: PutThreadSettings): Promise<void> {
    this.take({ t: 'thread', thread: await this.api.putSettings(id, settings) });
  }

  async putBlock(id: string, blocked: boolean): Promise<void> {
    this.take({ t: 'thread', thread: await this.api.putBlock(id, blocked) });
  }

  async confirmReceipt(order: string): Promise<OrderView> {
    const after = await this.api.confirmReceipt(order);
    this.current.value = withOrder(this.chat.value, after);
    return after;
  }

  private sessionParts({ api, socketUrl, locale, dial }: ClientParts): SessionParts {
    return {
      url: socketUrl,
      ticket: async () => (await api.ticket()).ticket,
      hello: () => ({
        epoch: this.chat.value.epoch,
        known: knownOf(this.chat.value, LIMITS.known),
        locale: locale(),
      }),
      onWelcome: (welcome) => {
        this.welcomed(welcome);
      },
      onPush: (push) => {
        this.take(push);
      },
      ...(dial === undefined ? {} : { dial }),
    };
  }

  private turned(state: ConnectionState): void {
    if (state.kind !== 'open') this.belongings.outbox?.closed();
    if (state.kind === 'stopped' && state.code === CLOSE.signedOut) this.belongings.clear();
  }

  private welcomed(welcome: Welcome): void {
    if (this.chat.value.me?.id !== welcome.me.id || this.belongings.outbox === null) {
      this.belongings.become(welcome.me.id);
    }
    this.current.value = applyWelcome(this.chat.value, welcome, Date.now());
    this.afterWelcome();
  }

  /** The session says `open` right after the welcome, in the same turn; what follows needs that. */
  private afterWelcome(): void {
    queueMicrotask(() => {
      if (this.connection.value.kind !== 'open') return;
      for (const { view } of this.chat.value.threads.values()) this.arrived(view);
      this.marks.again();
      this.watched.forEach((_, id) => void this.attend(id));
      this.belongings.outbox?.opened();
    });
  }

  /** What is in the list has reached this device. */
  private arrived(view: ThreadView): void {
    const mine = view.marks?.find(({ side }) => side === view.my_side);
    if ((view.unread ?? 0) > 0 && view.last_seq > (mine?.delivered ?? 0)) {
      this.marks.raise(view.id, { delivered: view.last_seq });
    }
  }

  private async attend(id: string): Promise<void> {
    try {
      if (!this.chat.value.threads.has(id)) await this.refresh(id);
      await this.history.open(id);
      const watched = await this.session.ask({ t: 'watch', thread_id: id });
      if (watched.t === 'watched') this.change(id, { online: watched.online ?? false });
      this.trouble(id, null);
    } catch (thrown) {
      // Offline: the next welcome attends to it again.
      const refusal = refusalOf(thrown);
      if (refusal.code !== 'offline') this.trouble(id, refusal);
    }
  }

  private trouble(id: string, refusal: Refusal | null): void {
    const troubles = new Map(this.failed.value);
    if (refusal === null && !troubles.delete(id)) return;
    if (refusal !== null) troubles.set(id, refusal);
    this.failed.value = troubles;
  }

  private leave(id: string): void {
    this.watched.delete(id);
    this.change(id, { online: null, typing: null });
    void this.session.ask({ t: 'unwatch', thread_id: id }).catch(() => undefined);
  }

  private change(id: string, part: Partial<Thread>): void {
    const thread = this.chat.value.threads.get(id);
    if (thread === undefined) return;
    const threads = new Map(this.chat.value.threads).set(id, { ...thread, ...part });
    this.current.value = { ...this.chat.value, threads };
  }

  private take(push: Push): void {
    const before = this.chat.value;
    const { chat, wants } = apply(before, push, Date.now());
    this.current.value = chat;
    wants.forEach((want) => void this.fetch(want).catch(() => undefined));
    if (push.t === 'event') this.noticed(push, before);
    if (push.t === 'typing_now') setTimeout(this.hush, TYPING_MS + 50);
  }

  private readonly hush = (): void => {
    this.current.value = forgetTyping(this.chat.value, Date.now());
  };

  private noticed({ thread_id: id, event }: EventPush, before: Chat): void {
    if (event.kind !== 'posted') return;
    // A letter that stands in its thread needs no outbox, whoever brought it there.
    if (event.client_key !== undefined) this.belongings.outbox?.drop(event.client_key);
    const thread = this.chat.value.threads.get(id);
    const isNew = event.seq > (before.threads.get(id)?.view.last_seq ?? 0);
    if (thread === undefined || !isNew || isMine(event, this.chat.value.me?.id)) return;
    this.marks.raise(id, { delivered: event.seq });
    this.listeners.forEach(({ received }) => received?.(event, thread.view));
  }

  private async fetch(want: Want): Promise<void> {
    if (want.kind === 'history') await this.history.heal(want.threadId);
    else if (want.kind === 'thread') await this.refresh(want.threadId);
    else this.current.value = { ...this.chat.value, unread: (await this.api.unread()).messages };
  }

  private async refresh(id: string): Promise<void> {
    this.take({ t: 'thread', thread: await this.api.thread(id) });
  }

  private async post({ key, threadId, text, photos, replyTo }: Letter): Promise<Ack> {
    const answer = await this.session.ask({
      t: 'message.send',
      thread_id: threadId,
      client_key: key,
      text,
      photos: photos.map(({ id }) => id),
      ...(replyTo === undefined ? {} : { reply_to: replyTo }),
    });
    if (answer.t !== 'ack') throw new Refusal('internal');
    return answer;
  }

  /** The message is stored: it takes its place in the thread without waiting for its own push. */
  private acknowledged(letter: Letter, ack: Ack): void {
    const { me, threads } = this.chat.value;
    const view = threads.get(letter.threadId)?.view;
    if (view !== undefined && me !== null) {
      const event: Message = {
        kind: 'posted',
        seq: ack.seq,
        at: ack.at,
        side: view.my_side,
        author: me.id,
        text: letter.text,
        photos: [...letter.photos],
        client_key: letter.key,
        ...(letter.replyTo === undefined ? {} : { reply_to: letter.replyTo }),
      };
      this.take({ t: 'event', thread_id: letter.threadId, event });
    }
    this.listeners.forEach(({ sent }) => sent?.(letter, ack));
  }
}
