/** Welcomes and pages: what is known after coming back, and after looking further into the past. Pure. */
import type { Known, Page, ThreadList, ThreadSync, Welcome } from '../protocol/generated';
import { joined, mergeMarks, newer, withOrder } from './apply';
import { listed, withThread, type Chat, type Thread } from './model';
import { append, extend, prepend, timelineOf, type EventsPage } from './timeline';

/** What a hello says is held here without a hole. */
export function knownOf(chat: Chat, most: number): Known[] {
  return [...chat.threads.values()]
    .filter(({ timeline }) => timeline !== null)
    .map(({ view, timeline }): Known => [view.id, timeline?.last ?? 0])
    .slice(-most);
}

/** The state after a welcome. `now` is this device's clock. */
export function applyWelcome(chat: Chat, welcome: Welcome, now: number): Chat {
  const isOther = welcome.reload === true || chat.me?.id !== welcome.me.id;
  const gone = new Set(welcome.gone);
  // Of what was only listed, the first page is fresh and the rest is asked for again; what was opened stays.
  const opened = isOther ? [] : [...chat.threads].filter(([id, { timeline }]) => timeline !== null && !gone.has(id));
  const base: Chat = {
    ...chat,
    epoch: welcome.epoch,
    me: welcome.me,
    shops: welcome.shops ?? [],
    limits: welcome.limits,
    threads: new Map(opened),
    next: welcome.next ?? '',
    orders: isOther ? new Map() : chat.orders,
    skew: welcome.now - now,
  };
  const page = withViews(base, welcome.threads);
  const synced = (welcome.sync ?? []).reduce(applySync, page);
  return { ...synced, unread: welcome.unread ?? 0 };
}

/** Lists more threads. */
export function applyList(chat: Chat, list: Pick<ThreadList, 'threads' | 'next'>): Chat {
  return { ...withViews(chat, list.threads), next: list.next ?? '', unread: chat.unread };
}

function withViews(chat: Chat, views: readonly ThreadList['threads'][number][]): Chat {
  return views.reduce((rest, view) => {
    const held = rest.threads.get(view.id);
    const placed = withThread(rest, held === undefined ? listed(view) : { ...held, view: newer(held.view, view) });
    return view.order === undefined ? placed : withOrder(placed, view.order);
  }, chat);
}

function applySync(chat: Chat, sync: ThreadSync): Chat {
  const { thread: view, events } = sync;
  const held = chat.threads.get(view.id) ?? listed(view);
  const moreBefore = (events[0]?.seq ?? 1) > 1;
  const timeline = held.timeline === null || sync.reset === true
    ? timelineOf({ events, more_before: moreBefore })
    : { ...append(held.timeline, events), moreAfter: false };
  return withThread(chat, { ...held, view: newer(held.view, view), timeline, ahead: [] });
}

/** How a page was asked for. */
export type PageOf = 'end' | 'before' | 'after' | 'around';

/** The state after a page of history. */
export function applyPage(chat: Chat, page: Page, asked: PageOf): Chat {
  const thread = chat.threads.get(page.thread_id);
  if (thread === undefined) return chat;
  const marks = mergeMarks(thread.view.marks, page.marks);
  const grown = { ...thread, view: { ...thread.view, marks }, timeline: grow(thread, page, asked) };
  return withThread(chat, joined(grown));
}

function grow({ timeline }: Thread, page: EventsPage, asked: PageOf): Thread['timeline'] {
  if (timeline === null || asked === 'around' || asked === 'end') return timelineOf(page);
  return asked === 'before' ? prepend(timeline, page) : extend(timeline, page);
}

/** Lets go of the events of threads that were not looked at for longest. `recent` are thread ids, newest last. */
export function forgetTimelines(chat: Chat, recent: readonly string[], most: number): Chat {
  const kept = new Set(recent.slice(-most));
  const stale = [...chat.threads.values()].filter(({ view, timeline }) => timeline !== null && !kept.has(view.id));
  return stale.reduce((rest, thread) => withThread(rest, { ...thread, timeline: null, ahead: [] }), chat);
}
