/** Which threads belong to which group of the inbox, and in which order. Pure. */
import type { ThreadView } from '../protocol/generated';
import { isSupport, subjectOf } from '../state/select';

export const GROUPS = ['needs_answer', 'waiting', 'orders', 'all', 'archived'] as const;

export type Group = (typeof GROUPS)[number];

/** A buyer's question counts as answered within this time: docs/complaints.md, how fast a shop answers. */
export const ANSWER_WITHIN_MS = 24 * 60 * 60 * 1000;

const BELONGS: Record<Group, (view: ThreadView) => boolean> = {
  needs_answer: (view) => isBuyers(view) && view.waiting_since !== undefined,
  waiting: (view) => isBuyers(view) && view.waiting_since === undefined,
  orders: (view) => !isArchived(view) && view.kind === 'order',
  all: (view) => !isArchived(view),
  archived: isArchived,
};

/** Where the seller is the one who asks, he owes no answer and waits for no buyer; a dispute has clocks of its own. */
function isBuyers(view: ThreadView): boolean {
  return !isArchived(view) && !isSupport(view) && view.kind !== 'dispute';
}

/** A conversation that a buyer has only looked at is nothing to work on yet. */
function isBegun(view: ThreadView): boolean {
  return view.last !== undefined;
}

function isArchived(view: ThreadView): boolean {
  return view.archived ?? false;
}

/** The threads of a group: those that wait for an answer by what is due first, all others by what is newest. */
export function threadsIn(group: Group, views: readonly ThreadView[]): ThreadView[] {
  const order = group === 'needs_answer' ? byDue : byActivity;
  return views.filter((view) => isBegun(view) && BELONGS[group](view)).sort(order);
}

function byDue(one: ThreadView, other: ThreadView): number {
  return (dueAt(one) ?? 0) - (dueAt(other) ?? 0) || (one.id < other.id ? -1 : 1);
}

function byActivity(one: ThreadView, other: ThreadView): number {
  return other.last_at - one.last_at || (one.id < other.id ? 1 : -1);
}

/** How many threads of each group ask for attention: unanswered ones, or those with something unread. */
export function countsOf(views: readonly ThreadView[]): Record<Group, number> {
  const unread = (group: Group): number =>
    threadsIn(group, views).filter((view) => (view.unread ?? 0) > 0 && view.muted !== true).length;
  return {
    needs_answer: threadsIn('needs_answer', views).length,
    waiting: unread('waiting'),
    orders: unread('orders'),
    all: unread('all'),
    archived: 0,
  };
}

/** Until when an answer counts, put off by the shop's holidays; null where none is owed. */
export function dueAt(view: ThreadView): number | null {
  const { waiting_since: since, answer_due: due, shop_away_until: back = 0 } = view;
  if (since === undefined || isSupport(view) || view.kind === 'dispute') return null;
  // What was put off for an earlier question says nothing of this one, whose time begins when the shop is back.
  return due?.since === since ? due.at : Math.max(since, back) + ANSWER_WITHIN_MS;
}

/** `late`: nearly, or over. */
export type Urgency = 'calm' | 'soon' | 'late';

/** The shop is warned when a half and nine tenths of the time are gone. */
const SOON = 0.5;
const LATE = 0.9;

export function urgencyOf(due: number, now: number): Urgency {
  const gone = 1 - (due - now) / ANSWER_WITHIN_MS;
  if (gone >= LATE) return 'late';
  return gone >= SOON ? 'soon' : 'calm';
}

/** Other conversations of the same customer with the same shop, newest first. */
export function othersOf(view: ThreadView, views: readonly ThreadView[]): ThreadView[] {
  return views
    .filter((other) => other.id !== view.id && isBegun(other))
    .filter((other) => other.customer.id === view.customer.id && other.shop?.id === view.shop?.id)
    .sort(byActivity);
}

/** What a thread is about, with the order's number where there is one. */
export function topicOf(view: ThreadView): { kind: ThreadView['kind']; text: string } {
  return { kind: view.kind, text: view.order?.number ?? subjectOf(view) };
}
