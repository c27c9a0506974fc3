/**
 * Pushes and opened conversations: their events grow without a hole; one that comes too early waits for those that
 * belong in front of it, and they are asked for. Pure.
 */
import type { Push, ThreadSync } from '../protocol/generated';
import { applyPush, newer, type Depth } from './list';
import { listed, withThread, type Applied, type Chat, type Thread, type ThreadEvent, type Want } from './model';
import { append, timelineOf } from './timeline';

/** More early events than this are dropped: the page that is asked for brings them anyway. */
const MOST_AHEAD = 200;

/** The state after `push`, opened conversations included. `now` is this device's clock. */
export function apply(chat: Chat, push: Push, now: number): Applied {
  return applyPush(chat, push, now, DEEP);
}

/** The run of events with one more; one that does not join on yet is put aside and the missing ones are asked for. */
function grow(thread: Thread, event: ThreadEvent, wants: Want[]): Thread {
  const { timeline, view } = thread;
  if (timeline === null || timeline.moreAfter || event.seq <= timeline.last) return thread;
  if (event.seq > timeline.last + 1) {
    wants.push({ kind: 'history', threadId: view.id, after: timeline.last });
    const ahead = [...thread.ahead.filter(({ seq }) => seq !== event.seq), event];
    return { ...thread, ahead: ahead.slice(-MOST_AHEAD) };
  }
  return joined({ ...thread, timeline: append(timeline, [event]) });
}

/** Takes in what came too early and joins on now. */
export function joined(thread: Thread): Thread {
  if (thread.timeline === null || thread.ahead.length === 0) return thread;
  const early = [...thread.ahead].sort((one, other) => one.seq - other.seq);
  const timeline = append(thread.timeline, early);
  return { ...thread, timeline, ahead: early.filter(({ seq }) => seq > timeline.last) };
}

/** The events that a fresh view knows of and the run does not hold. */
function missing({ timeline, view }: Thread): Want[] {
  const isBehind = timeline !== null && !timeline.moreAfter && timeline.last < view.last_seq;
  return isBehind ? [{ kind: 'history', threadId: view.id, after: timeline.last }] : [];
}

/** What a conversation has missed while there was no connection. */
function applySync(chat: Chat, sync: ThreadSync): Chat {
  const { thread: view, events } = sync;
  const held = chat.threads.get(view.id) ?? listed(view);
  const moreBefore = (events[0]?.seq ?? 1) > 1;
  const timeline = held.timeline === null || sync.reset === true
    ? timelineOf({ events, more_before: moreBefore })
    : { ...append(held.timeline, events), moreAfter: false };
  return withThread(chat, { ...held, view: newer(held.view, view), timeline, ahead: [] });
}

/** Everything that is known of opened conversations. */
export const DEEP: Depth = { grow, missing, sync: applySync };
