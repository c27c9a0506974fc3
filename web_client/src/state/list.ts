/**
 * What the lists show: old state + push = the state that a fresh look at the server would show. Pure; a push that
 * comes twice changes nothing the second time. The events of an opened conversation are apply.ts's business.
 */
import type {
  EventPush,
  MarksPush,
  OrderView,
  Push,
  SideMark,
  ThreadSync,
  ThreadView,
} from '../protocol/generated';
import { changed } from './change';
import { listed, withThread, type Applied, type Chat, type Thread, type ThreadEvent, type Want } from './model';

/** How long "is typing" holds without being said again. */
export const TYPING_MS = 5_000;

/** The server counts no further. */
const MOST_UNREAD = 1000;

/** What is done with an event, or with a view that is ahead of the events held, in a conversation that was opened. */
export interface Depth {
  grow(thread: Thread, event: ThreadEvent, wants: Want[]): Thread;
  missing(thread: Thread): Want[];
  sync(chat: Chat, sync: ThreadSync): Chat;
}

/** While no conversation was opened there is nothing to grow. */
export const SHALLOW: Depth = {
  grow: (thread) => thread,
  missing: () => [],
  sync: (chat) => chat,
};

/** The state after `push`. `now` is this device's clock. */
export function applyPush(chat: Chat, push: Push, now: number, depth: Depth): Applied {
  switch (push.t) {
    case 'event':
      return applyEvent(chat, push, depth);
    case 'thread':
      return applyThread(chat, push.thread, depth);
    case 'order':
      return { chat: withOrder(chat, push.order), wants: [] };
    case 'marks':
      return inThread(chat, push.thread_id, (thread) => marked(thread, push));
    case 'typing_now':
      return inThread(chat, push.thread_id, (thread) => ({
        ...thread,
        typing: { side: push.side, until: now + TYPING_MS },
      }));
    case 'presence':
      return inThread(chat, push.thread_id, (thread) =>
        push.side === thread.view.my_side ? thread : { ...thread, online: push.online },
      );
    case 'queue':
      return inThread(chat, push.thread_id, (thread) => ({
        ...thread,
        queue: { position: push.position, expectedMs: push.expected_ms ?? null },
      }));
    case 'notice':
      return noticed(chat, push.notice.shop_id === undefined ? 'mine' : 'shops', push.unread);
    case 'notices.read':
      return noticed(chat, push.side, push.unread);
  }
}

function noticed(chat: Chat, side: keyof Chat['notices'], unread: number): Applied {
  return { chat: { ...chat, notices: { ...chat.notices, [side]: unread } }, wants: [] };
}

/** Forgets who was typing too long ago. */
export function forgetTyping(chat: Chat, now: number): Chat {
  const stale = [...chat.threads.values()].filter(({ typing }) => typing !== null && typing.until <= now);
  return stale.reduce((rest, thread) => withThread(rest, { ...thread, typing: null }), chat);
}

function inThread(chat: Chat, id: string, change: (thread: Thread) => Thread): Applied {
  const thread = chat.threads.get(id);
  return { chat: thread === undefined ? chat : withThread(chat, change(thread)), wants: [] };
}

function applyEvent(chat: Chat, push: EventPush, depth: Depth): Applied {
  const thread = chat.threads.get(push.thread_id);
  if (thread === undefined) return { chat, wants: [{ kind: 'thread', threadId: push.thread_id }] };
  const { view } = thread;
  const wants: Want[] = [];
  // What was missed may have changed the counts, which only a fresh view can tell.
  if (push.event.seq > view.last_seq + 1) wants.push({ kind: 'thread', threadId: view.id });
  const seen = push.event.seq <= view.last_seq;
  const after = seen ? thread : { ...thread, view: viewAfter(view, push.event, chat.me?.id) };
  const grown = depth.grow(quiet(after, push.event), push.event, wants);
  return { chat: withThread(chat, grown), wants };
}

/** Who has posted is no longer typing. */
function quiet(thread: Thread, event: ThreadEvent): Thread {
  const isDone = event.kind === 'posted' && thread.typing?.side === event.side;
  return isDone ? { ...thread, typing: null } : thread;
}

/** What the list shows of a thread after one more event. */
function viewAfter(view: ThreadView, event: ThreadEvent, me: string | undefined): ThreadView {
  const next: ThreadView = { ...view, last_seq: event.seq };
  if (event.kind !== 'posted') {
    if (view.last !== undefined && 'target' in event && event.target === view.last.seq) {
      next.last = changed(view.last, event);
    }
    return next;
  }
  const isMine = event.author !== undefined && event.author === me;
  next.last = event;
  next.last_at = event.at;
  next.archived = false;
  if (!isMine && event.seq > (view.read ?? 0)) next.unread = Math.min((view.unread ?? 0) + 1, MOST_UNREAD);
  return waiting(next, event);
}

/** Since when the customer waits for an answer of the shop. */
function waiting(view: ThreadView, event: ThreadEvent): ThreadView {
  if (event.side === 'customer') return { ...view, waiting_since: view.waiting_since ?? event.at };
  const { waiting_since: _, ...answered } = view;
  return answered;
}

function applyThread(chat: Chat, view: ThreadView, depth: Depth): Applied {
  const known = chat.threads.get(view.id);
  const queue = view.state === 'queued' && known !== undefined ? known.queue : null;
  const thread = known === undefined ? listed(view) : { ...known, view: newer(known.view, view), queue };
  const placed = withThread(chat, thread);
  const after = view.order === undefined ? placed : withOrder(placed, view.order);
  if (known === undefined) return { chat: after, wants: [{ kind: 'unread' }] };
  return { chat: after, wants: depth.missing(thread) };
}

/** The fresher of two views of one thread; of what never goes back, the farther of both. */
export function newer(held: ThreadView, view: ThreadView): ThreadView {
  const next: ThreadView = { ...view, marks: mergeMarks(held.marks, view.marks) };
  const { last_seq, last_at, last, archived, waiting_since } = held;
  const heldIsAhead = last_seq > view.last_seq;
  if (heldIsAhead) Object.assign(next, { last_seq, last_at, last });
  // Of a message that the other does not know of: it waits or is the answer, and is in no archive.
  if (last_at > view.last_at) Object.assign(next, { archived, waiting_since });
  const heldIsRead = (held.read ?? 0) > (view.read ?? 0);
  if (heldIsRead) next.read = held.read ?? 0;
  if (heldIsAhead || heldIsRead) next.unread = held.unread ?? 0;
  return next;
}

/** Marks never go back: of each side the farther one. */
export function mergeMarks(one: readonly SideMark[] = [], other: readonly SideMark[] = []): SideMark[] {
  const merged = new Map(one.map((mark) => [mark.side, mark]));
  for (const mark of other) {
    const held = merged.get(mark.side);
    merged.set(mark.side, {
      side: mark.side,
      delivered: Math.max(mark.delivered ?? 0, held?.delivered ?? 0),
      read: Math.max(mark.read ?? 0, held?.read ?? 0),
    });
  }
  return [...merged.values()];
}

function marked(thread: Thread, push: MarksPush): Thread {
  const view: ThreadView = { ...thread.view, marks: mergeMarks(thread.view.marks, [push.mark]) };
  if (push.read !== undefined && push.read >= (view.read ?? 0)) {
    view.read = push.read;
    if (push.unread !== undefined) view.unread = push.unread;
  }
  return { ...thread, view };
}

/** An order in all places where it is held, if it is newer than what is there. */
export function withOrder(chat: Chat, order: OrderView): Chat {
  const held = chat.orders.get(order.id);
  if (held !== undefined && held.version > order.version) return chat;
  const after: Chat = { ...chat, orders: new Map(chat.orders).set(order.id, order) };
  const shown = [...chat.threads.values()].filter(({ view }) => view.order?.id === order.id);
  return shown.reduce(
    (rest, thread) => withThread(rest, { ...thread, view: { ...thread.view, order } }),
    after,
  );
}
