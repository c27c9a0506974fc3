/**
 * One person's Parley before any conversation is opened: the connection, the list, what is unread. Small on purpose:
 * it is what the first screen waits for. Conversations themselves are the Client's, which builds upon this.
 */
import { signal, type ReadonlySignal, type Signal } from '@preact/signals';

import { followBrowser } from '../connection/browser';
import type { Drafts } from '../connection/drafts';
import type { ConnectionState } from '../connection/machine';
import type { Letter } from '../connection/outbox';
import { Session } from '../connection/session';
import type { Dial } from '../connection/socket';
import { forgetTraces } from '../connection/traces';
import { CLOSE, LIMITS, type Ack, type EventPush, type Notice, type Push, type ThreadView, type Welcome } from '../protocol/generated';
import type { Http } from '../services/http';
import { applyList, knownOf, welcomed } from './arrival';
import type { Contacts } from './contacts';
import { applyPush, forgetTyping, SHALLOW, TYPING_MS, type Depth } from './list';
import { Marks } from './marks';
import { EMPTY_CHAT, type Chat, type Message, type Want } from './model';
import { isMine } from './select';

export interface LobbyParts {
  http: Http;
  socketUrl: string;
  /** The language of the screen, for the server's sentences. */
  locale: () => string;
  dial?: Dial;
}

/** What screens and the host page are told beside the state. */
export interface LobbyEvents {
  /** Somebody else's message came while this page was looking. */
  received?: (message: Message, thread: ThreadView) => void;
  /** A message of this person is stored. */
  sent?: (letter: Letter, ack: Ack) => void;
  /** Contact data were found in what this person said in a thread. */
  screened?: (thread: string, found: Contacts) => void;
  /** This person is told something; it may come twice. */
  noticed?: (notice: Notice) => void;
  /** This person said how he found it that support has answered in a thread. */
  rated?: (thread: string, score: number) => void;
}

/** What the Client adds to the lobby. */
export interface Guest {
  depth: Depth;
  /** The connection is open; the person may be another one than before. */
  opened: () => void;
  turned: (state: ConnectionState) => void;
  /** A letter of this person stands in its thread. */
  seen: (key: string) => void;
  /** Events are missing in an opened conversation. */
  heal: (thread: string) => Promise<void>;
}

export class Lobby {
  readonly http: Http;
  readonly session: Session;
  readonly marks: Marks;
  readonly listeners = new Set<LobbyEvents>();
  /** What is known of the conversations. */
  readonly chat: Signal<Chat> = signal(EMPTY_CHAT);
  /** Messages that are not acknowledged yet, oldest first. */
  readonly letters: Signal<readonly Letter[]> = signal([]);
  /** What is begun and not sent; null before somebody looked. */
  readonly drafts: Signal<Drafts | null> = signal(null);
  guest: Guest | null = null;
  readonly #unhook: readonly (() => void)[];

  constructor({ http, socketUrl, locale, dial }: LobbyParts) {
    this.http = http;
    this.session = new Session({
      url: socketUrl,
      ticket: async (fresh) => (await http.ticket(fresh)).ticket,
      hello: () => ({ epoch: this.chat.value.epoch, known: knownOf(this.chat.value, LIMITS.known), locale: locale() }),
      onWelcome: (welcome) => {
        this.#welcome(welcome);
      },
      onPush: (push) => {
        this.take(push);
      },
      ...(dial === undefined ? {} : { dial }),
    });
    this.marks = new Marks((command) => {
      this.session.tell(command);
    });
    this.#unhook = [
      followBrowser(this.session),
      this.session.state.subscribe((state) => {
        this.guest?.turned(state);
        if (state.kind === 'stopped' && state.code === CLOSE.signedOut) this.forget();
      }),
    ];
  }

  get connection(): ReadonlySignal<ConnectionState> {
    return this.session.state;
  }

  start(): void {
    this.session.start();
  }

  /** Tries to come back at once, also after the server said to stay away. */
  reconnect(): void {
    this.session.start();
    this.session.wake();
  }

  dispose(): void {
    this.#unhook.forEach((unhook) => {
      unhook();
    });
    this.session.stop();
    this.marks.dispose();
  }

  /** Forgets what this browser kept of this person. */
  forget(): void {
    const { me } = this.chat.peek();
    if (me !== null) forgetTraces(me.id);
  }

  /** Answers how to stop listening. */
  listen(events: LobbyEvents): () => void {
    this.listeners.add(events);
    return () => this.listeners.delete(events);
  }

  /** More threads, if there are more. */
  async moreThreads(): Promise<void> {
    const before = this.chat.value.next;
    if (before === '') return;
    const list = await this.session.ask({ t: 'threads', before });
    if (list.t === 'thread_list') this.chat.value = applyList(this.chat.value, list);
  }

  /** Takes in views that came another way: search, archive. */
  hold(views: readonly ThreadView[]): void {
    const { next } = this.chat.value;
    this.chat.value = applyList(this.chat.value, { threads: [...views], next });
  }

  /** Takes in a push, or what an answer over HTTP says as one. */
  take(push: Push): void {
    const before = this.chat.value;
    const { chat, wants } = applyPush(before, push, Date.now(), this.#depth);
    this.chat.value = chat;
    wants.forEach((want) => void this.#fetch(want).catch(() => undefined));
    if (push.t === 'event') this.#noticed(push, before);
    if (push.t === 'notice') this.listeners.forEach(({ noticed }) => noticed?.(push.notice));
    if (push.t === 'typing_now') setTimeout(this.#hush, TYPING_MS + 50);
  }

  /** Asks for a thread anew. */
  async refresh(id: string): Promise<void> {
    const thread = await this.http.thread(id);
    this.take({ t: 'thread', thread });
    this.#arrived(thread);
  }

  get #depth(): Depth {
    return this.guest?.depth ?? SHALLOW;
  }

  readonly #hush = (): void => {
    this.chat.value = forgetTyping(this.chat.value, Date.now());
  };

  #welcome(welcome: Welcome): void {
    this.chat.value = welcomed(this.chat.value, welcome, Date.now(), this.#depth);
    // The session says `open` right after this, in the same turn; what follows needs that.
    queueMicrotask(() => {
      if (this.connection.value.kind !== 'open') return;
      for (const { view } of this.chat.value.threads.values()) this.#arrived(view);
      this.marks.again();
      this.guest?.opened();
    });
  }

  /** What is in the list has reached this device. */
  #arrived(view: ThreadView): void {
    const mine = view.marks?.find(({ side }) => side === view.my_side);
    if ((view.unread ?? 0) > 0 && view.last_seq > (mine?.delivered ?? 0)) {
      this.marks.raise(view.id, { delivered: view.last_seq });
    }
  }

  #noticed({ thread_id: id, event }: EventPush, before: Chat): void {
    if (event.kind !== 'posted') return;
    if (event.client_key !== undefined) this.guest?.seen(event.client_key);
    const thread = this.chat.value.threads.get(id);
    const isNew = event.seq > (before.threads.get(id)?.view.last_seq ?? 0);
    if (thread === undefined || !isNew || isMine(event, this.chat.value.me?.id)) return;
    this.marks.raise(id, { delivered: event.seq });
    this.listeners.forEach(({ received }) => received?.(event, thread.view));
  }

  async #fetch(want: Want): Promise<void> {
    if (want.kind === 'thread') await this.refresh(want.threadId);
    else if (want.kind === 'history') await this.guest?.heal(want.threadId);
    else {
      // Asked first, spread after: what came meanwhile must not be overwritten by what was there before.
      const { messages } = await this.http.unread();
      this.chat.value = { ...this.chat.value, unread: messages };
    }
  }
}
