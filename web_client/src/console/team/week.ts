/**
 * A week of working hours while it is drawn and moved about. Pure: a window is a weekday, an opening on the wall and a
 * length, so that midnight is no special case; minutes of the week count from Monday 00:00 and go round.
 */
import type { HoursSpan, HoursWindow } from '../../protocol/generated';

export const DAY = 1440;
export const WEEK = 7 * DAY;

/** What the pointer and the keys keep to. */
export const SNAP = 15;

/** A window with a name of its own, which it keeps while it is changed. */
export interface Piece extends HoursWindow {
  readonly key: number;
}

/** What is drawn of a window in one column; past midnight the next column has the rest. */
export interface Block {
  readonly piece: Piece;
  readonly column: number;
  readonly from: number;
  readonly to: number;
  readonly part: 'whole' | 'first' | 'rest';
}

let lastKey = 0;

export function piece({ weekday, opens, minutes }: HoursWindow): Piece {
  lastKey += 1;
  return { key: lastKey, weekday, opens, minutes };
}

/** All windows, by weekday and opening. */
export function pieces(windows: readonly HoursWindow[]): Piece[] {
  return [...windows].sort((a, b) => startOf(a) - startOf(b)).map(piece);
}

export function windowsOf(all: readonly Piece[]): HoursWindow[] {
  return [...all]
    .sort((a, b) => startOf(a) - startOf(b))
    .map(({ weekday, opens, minutes }) => ({ weekday, opens, minutes }));
}

export function startOf({ weekday, opens }: HoursWindow): number {
  return weekday * DAY + opens;
}

/** On which minute of which wall a stretch ends. A length of 24 hours ends when it began, a day later. */
export function endOf({ opens, minutes }: HoursSpan): { minute: number; isNextDay: boolean } {
  return { minute: (opens + minutes) % DAY, isNextDay: opens + minutes > DAY || (opens + minutes === DAY && opens === 0) };
}

/** The blocks of all windows. */
export function blocks(all: readonly Piece[]): Block[] {
  return all.flatMap((one): Block[] => {
    const end = one.opens + one.minutes;
    if (end <= DAY) return [{ piece: one, column: one.weekday, from: one.opens, to: end, part: 'whole' }];
    return [
      { piece: one, column: one.weekday, from: one.opens, to: DAY, part: 'first' },
      { piece: one, column: (one.weekday + 1) % 7, from: 0, to: end - DAY, part: 'rest' },
    ];
  });
}

export function snapped(minute: number): number {
  return Math.round(minute / SNAP) * SNAP;
}

/** Begins at another minute of the week, as long as before. */
export function movedTo<Kind extends HoursWindow>(one: Kind, minute: number): Kind {
  const start = around(minute);
  return { ...one, weekday: Math.floor(start / DAY), opens: start % DAY };
}

export function moved<Kind extends HoursWindow>(one: Kind, by: number): Kind {
  return movedTo(one, startOf(one) + by);
}

/** Ends at another minute of the week, at most 24 hours after it began. */
export function endedAt<Kind extends HoursWindow>(one: Kind, minute: number): Kind {
  const length = around(minute - startOf(one));
  // Just before its beginning it has been pulled through it, and not around the week.
  return { ...one, minutes: length > WEEK / 2 ? SNAP : clamped(length) };
}

/** Begins at another minute of the week and ends when it did. */
export function begunAt<Kind extends HoursWindow>(one: Kind, minute: number): Kind {
  const end = startOf(one) + one.minutes;
  const length = around(end - minute);
  const minutes = length > WEEK / 2 ? SNAP : clamped(length);
  return { ...movedTo(one, end - minutes), minutes };
}

/** What lies between two minutes of the week where a pointer was pressed and where it is. */
export function drawn(from: number, to: number): HoursWindow {
  const back = to < from;
  const minutes = Math.min(DAY, Math.max(SNAP, Math.abs(to - from)));
  return movedTo({ weekday: 0, opens: 0, minutes }, back ? from - minutes : from);
}

/** Begins at this wall time and ends when it did: as long as that takes. */
export function withOpening<Kind extends HoursSpan>(one: Kind, opens: number): Kind {
  const end = (one.opens + one.minutes) % DAY;
  return { ...one, opens, minutes: lengthTo(opens, end) };
}

/** Ends at this wall time: on the next day where that is not later than it begins. */
export function withEnd<Kind extends HoursSpan>(one: Kind, end: number): Kind {
  return { ...one, minutes: lengthTo(one.opens, end) };
}

function lengthTo(opens: number, end: number): number {
  return end > opens ? end - opens : end + DAY - opens;
}

/** Every day has the windows of this one, and no others. */
export function copiedToAll(all: readonly Piece[], weekday: number): Piece[] {
  const model = all.filter((one) => one.weekday === weekday);
  return [0, 1, 2, 3, 4, 5, 6].flatMap((day) =>
    day === weekday ? model : model.map((one) => piece({ ...one, weekday: day })),
  );
}

/** Where a new window of a day begins: when the last of it has ended, else at nine. */
export function fresh(all: readonly Piece[], weekday: number): Piece {
  const ends = all.filter((one) => one.weekday === weekday).map(({ opens, minutes }) => opens + minutes);
  const opens = ends.length === 0 ? 9 * 60 : Math.max(...ends);
  const length = ends.length === 0 ? 9 * 60 : 4 * 60;
  return piece(opens >= DAY - SNAP ? { weekday, opens: 0, minutes: SNAP * 4 } : { weekday, opens, minutes: Math.min(length, DAY - opens) });
}

/** Whether two of them share a minute: they count once, so it is worth a word. */
export function overlaps(all: readonly Piece[]): boolean {
  const starts = all.map((one) => [startOf(one), startOf(one) + one.minutes] as const);
  return starts.some(([from, to], index) =>
    starts.some(([other, end], at) => at !== index && [0, WEEK, -WEEK].some((turn) => other + turn < to && end + turn > from)),
  );
}

/** `07:05`, as fields for times have it. */
export function clock(minute: number): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`;
}

/** The minute of a field for times; null where it is empty. */
export function minuteOf(text: string): number | null {
  const found = /^(\d{2}):(\d{2})/u.exec(text);
  return found === null ? null : (Number(found[1]) % 24) * 60 + Number(found[2]);
}

function around(minute: number): number {
  return ((minute % WEEK) + WEEK) % WEEK;
}

function clamped(minutes: number): number {
  return Math.min(DAY, Math.max(SNAP, minutes));
}
