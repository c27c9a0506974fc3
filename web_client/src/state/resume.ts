/** Pages of an opened conversation, and what a welcome brings for it. Pure. */
import type { Page, Welcome } from '../protocol/generated';
import { DEEP, joined } from './apply';
import { welcomed } from './arrival';
import { mergeMarks } from './list';
import { withThread, type Chat, type Thread } from './model';
import { extend, prepend, timelineOf, type EventsPage } from './timeline';

/** The state after a welcome, opened conversations included. `now` is this device's clock. */
export function applyWelcome(chat: Chat, welcome: Welcome, now: number): Chat {
  return welcomed(chat, welcome, now, DEEP);
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

/** Lets go of the events of threads that nobody looks at; `kept` are the ids of the others. */
export function forgetTimelines(chat: Chat, kept: readonly string[]): Chat {
  const ids = new Set(kept);
  const stale = [...chat.threads.values()].filter(({ view, timeline }) => timeline !== null && !ids.has(view.id));
  return stale.reduce((rest, thread) => withThread(rest, { ...thread, timeline: null, ahead: [] }), chat);
}
