/** Questions to the state that several screens ask. Pure. */
import { has, t, type MessageKey } from '../i18n';
import type { ThreadView } from '../protocol/generated';
import type { Chat, Message } from './model';

/** Newest activity first; of the same instant the younger thread. */
export function byActivity(one: ThreadView, other: ThreadView): number {
  return other.last_at - one.last_at || (one.id < other.id ? 1 : -1);
}

/** The threads of one list, newest activity first. */
export function threadsOf(chat: Chat, archived = false): ThreadView[] {
  return [...chat.threads.values()]
    .map(({ view }) => view)
    .filter((view) => (view.archived ?? false) === archived)
    .sort(byActivity);
}

/** Whether this person asks for help here. */
export function isSupport(view: ThreadView | undefined): boolean {
  return view?.kind === 'support' && view.my_side === 'customer';
}

/** What a conversation with support is called, by its topic. */
function titleOf(view: ThreadView | undefined): MessageKey {
  const named = `list.support.${view?.topic ?? ''}`;
  return has(named) ? named : 'list.support';
}

/** Whether it is about what the bot knows: a complaint has a name of its own. */
export function isHelp(view: ThreadView | undefined): boolean {
  return titleOf(view) === 'list.support';
}

/** Whom this person talks to in a thread: the shop or support for a customer, the customer for everybody else. */
export function otherName(view: ThreadView): string {
  if (isSupport(view)) return t(titleOf(view));
  return view.my_side === 'customer' ? (view.shop?.name ?? '') : view.customer.name;
}

/** What a thread is about, in a few words: a product's title, an order's number; empty where neither. */
export function subjectOf(view: ThreadView): string {
  return view.product?.title ?? view.order?.lines[0]?.title ?? '';
}

export function isMine(message: Message, me: string | undefined): boolean {
  return message.author !== undefined && message.author === me;
}
