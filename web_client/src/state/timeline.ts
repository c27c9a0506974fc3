/** Runs of events: growing them at both ends, and what an edit or a withdrawal does to a message. Pure. */
import { changed } from './change';
import type { Message, ThreadEvent, Timeline } from './model';

export interface EventsPage {
  readonly events: readonly ThreadEvent[];
  readonly more_before?: boolean;
  readonly more_after?: boolean;
}

/** A run that holds just this page. `last` is the thread's newest `seq` where the page is empty. */
export function timelineOf(page: EventsPage): Timeline {
  return {
    events: page.events,
    last: page.events.at(-1)?.seq ?? 0,
    moreBefore: page.more_before ?? false,
    moreAfter: page.more_after ?? false,
  };
}

/** Adds what joins on at the end; what is already there, or would leave a hole, is left aside. */
export function append(timeline: Timeline, events: readonly ThreadEvent[]): Timeline {
  return events.reduce(appendOne, timeline);
}

function appendOne(timeline: Timeline, event: ThreadEvent): Timeline {
  if (event.seq !== timeline.last + 1) return timeline;
  const changed = changeTarget(timeline.events, event);
  return { ...timeline, events: [...changed, event], last: event.seq };
}

/** Adds an older page in front. Its messages already say what they say now. */
export function prepend(timeline: Timeline, page: EventsPage): Timeline {
  const first = timeline.events[0]?.seq;
  const older = first === undefined ? page.events : page.events.filter(({ seq }) => seq < first);
  const joins = first === undefined || older.length === 0 || older.at(-1)?.seq === first - 1;
  if (!joins) return timeline;
  const events = [...older, ...timeline.events];
  const last = Math.max(timeline.last, events.at(-1)?.seq ?? 0);
  return { ...timeline, events, last, moreBefore: page.more_before ?? false };
}

/** The page that was asked for after the end of a run that stopped early. */
export function extend(timeline: Timeline, page: EventsPage): Timeline {
  return { ...append(timeline, page.events), moreAfter: page.more_after ?? false };
}

function changeTarget(events: readonly ThreadEvent[], change: ThreadEvent): readonly ThreadEvent[] {
  if (change.kind !== 'edited' && change.kind !== 'withdrawn') return events;
  return events.map((event) =>
    event.kind === 'posted' && event.seq === change.target ? changed(event, change) : event,
  );
}

/** The place of a message among the events, or -1. */
export function indexOf(timeline: Timeline, seq: number): number {
  const first = timeline.events[0]?.seq;
  if (first === undefined || seq < first || seq > timeline.last) return -1;
  return seq - first;
}

/** The message with this `seq`, if it is in the run. */
export function messageAt(timeline: Timeline, seq: number): Message | null {
  const event = timeline.events[indexOf(timeline, seq)];
  return event?.kind === 'posted' ? event : null;
}

/** What the reader said of an answer of the bot, as its message shows it. */
export function rated(timeline: Timeline, seq: number, helpful: boolean): Timeline {
  const events = timeline.events.map((event) =>
    event.kind === 'posted' && event.seq === seq && event.card !== undefined ? { ...event, card: { ...event.card, helpful } } : event,
  );
  return { ...timeline, events };
}
