/** What the client knows of the conversations, as values that are replaced and never changed. */
import type {
  EventPush,
  Limits,
  OrderView,
  PersonView,
  ShopView,
  SideMark,
  ThreadView,
} from '../protocol/generated';

export type ThreadEvent = EventPush['event'];
export type Message = Extract<ThreadEvent, { kind: 'posted' }>;
export type Side = SideMark['side'];

/** A run of events without a hole. */
export interface Timeline {
  /** In rising order: `events[i].seq === events[0].seq + i`. */
  readonly events: readonly ThreadEvent[];
  /** Up to here nothing is missing; equals the newest event's `seq`, or 0 in an empty thread. */
  readonly last: number;
  readonly moreBefore: boolean;
  /** The run ends before the thread does: somebody jumped back to an old message. */
  readonly moreAfter: boolean;
}

export interface Thread {
  readonly view: ThreadView;
  /** Null until somebody opened it. */
  readonly timeline: Timeline | null;
  /** Events that came before those that belong in front of them. */
  readonly ahead: readonly ThreadEvent[];
  readonly typing: { readonly side: Side; readonly until: number } | null;
  /** Whether the other side has this application open; null where that is not known. */
  readonly online: boolean | null;
  /** Where its customer stands in the queue of support, and how long that may take; null where he does not. */
  readonly queue: { readonly position: number; readonly expectedMs: number | null } | null;
}

export interface Chat {
  /** Of the store that all this was learnt from; empty before the first welcome. */
  readonly epoch: string;
  readonly me: PersonView | null;
  readonly shops: readonly ShopView[];
  readonly limits: Limits;
  readonly threads: ReadonlyMap<string, Thread>;
  /** Where the next page of threads begins; empty at the end. */
  readonly next: string;
  readonly orders: ReadonlyMap<string, OrderView>;
  /** Unread messages in threads that are neither muted nor archived. */
  readonly unread: number;
  /** Unread notices: one's own, and those about one's shops. */
  readonly notices: { readonly mine: number; readonly shops: number };
  /** How far this device's clock is behind the server's, in milliseconds. */
  readonly skew: number;
}

/** Something that must be asked of the server, because a push did not say enough. */
export type Want =
  /** Events are missing after `after`. */
  | { readonly kind: 'history'; readonly threadId: string; readonly after: number }
  /** This thread, or its counts, are not known. */
  | { readonly kind: 'thread'; readonly threadId: string }
  /** The total of unread messages may have moved in a way that cannot be worked out here. */
  | { readonly kind: 'unread' };

export interface Applied {
  readonly chat: Chat;
  readonly wants: readonly Want[];
}

const MINUTE_MS = 60_000;

export const EMPTY_CHAT: Chat = {
  epoch: '',
  me: null,
  shops: [],
  limits: {
    text: 4000,
    photos: 10,
    photo_bytes: 15 * 1024 * 1024,
    edit_ms: 15 * MINUTE_MS,
    withdraw_ms: 24 * 60 * MINUTE_MS,
  },
  threads: new Map(),
  next: '',
  orders: new Map(),
  unread: 0,
  notices: { mine: 0, shops: 0 },
  skew: 0,
};

/** A thread of which only the list entry is known. */
export function listed(view: ThreadView): Thread {
  return { view, timeline: null, ahead: [], typing: null, online: null, queue: null };
}

export function withThread(chat: Chat, thread: Thread): Chat {
  const before = chat.threads.get(thread.view.id);
  if (before === thread) return chat;
  const threads = new Map(chat.threads).set(thread.view.id, thread);
  const unread = Math.max(0, chat.unread + counted(thread.view) - counted(before?.view));
  return { ...chat, threads, unread };
}

/** What a thread adds to the total of unread messages. */
export function counted(view: ThreadView | undefined): number {
  if (view === undefined || view.muted === true || view.archived === true) return 0;
  return view.unread ?? 0;
}
