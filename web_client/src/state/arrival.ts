/** Welcomes, and pages of the list: what is known after coming back. Pure. */
import type { Known, ThreadList, Welcome } from '../protocol/generated';
import { newer, withOrder, type Depth } from './list';
import { listed, withThread, type Chat } from './model';

/** What a hello says is held here without a hole. */
export function knownOf(chat: Chat, most: number): Known[] {
  return [...chat.threads.values()]
    .filter(({ timeline }) => timeline !== null)
    .map(({ view, timeline }): Known => [view.id, timeline?.last ?? 0])
    .slice(-most);
}

/** The state after a welcome. `now` is this device's clock. */
export function welcomed(chat: Chat, welcome: Welcome, now: number, depth: Depth): Chat {
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
    notices: { mine: welcome.notices ?? 0, shops: welcome.shop_notices ?? 0 },
    skew: welcome.now - now,
  };
  const page = withViews(base, welcome.threads);
  const synced = (welcome.sync ?? []).reduce((rest, missed) => depth.sync(rest, missed), page);
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
