/** A shop's own hours and holidays while they are written. Pure. */
import type { Holiday, HoursWindow, PutShopHours, ShopHours } from '../../protocol/generated';
import { codePoints } from '../../protocol/texts';

const DAY = 1440;

/** From when to when on one weekday; what ends no later than it begins ends on the next day. */
export type Span = Pick<HoursWindow, 'opens' | 'minutes'>;

export interface HoursDraft {
  readonly zone: string;
  /** Monday first. */
  readonly days: readonly (readonly Span[])[];
  readonly holidays: readonly Holiday[];
  readonly autoReply: string;
}

export const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const;

/** What a day begins with when it is opened. */
export const WORKDAY: Span = { opens: 9 * 60, minutes: 9 * 60 };

/** An answer that nobody has to write himself may be so long. */
export const MOST_REPLY = 1000;

export function draftOf({ zone, windows, holidays, auto_reply: autoReply }: ShopHours): HoursDraft {
  const of = (weekday: number): Span[] =>
    windows
      .filter((window) => window.weekday === weekday)
      .map(({ opens, minutes }) => ({ opens, minutes }))
      .sort((one, other) => one.opens - other.opens);
  return { zone, days: WEEKDAYS.map(of), holidays, autoReply };
}

export function bodyOf({ zone, days, holidays, autoReply }: HoursDraft, revision: number): PutShopHours {
  const windows = days.flatMap((spans, weekday) => spans.map((span) => ({ weekday, ...span })));
  return { zone, windows, holidays: [...holidays], auto_reply: autoReply.trim(), revision };
}

/** 09:30 */
export function clock(minute: number): string {
  const of = ((minute % DAY) + DAY) % DAY;
  return `${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}`;
}

export function minuteOf(text: string): number | null {
  const found = /^(\d{2}):(\d{2})/.exec(text);
  return found === null ? null : Number(found[1]) * 60 + Number(found[2]);
}

export function endOf({ opens, minutes }: Span): number {
  return (opens + minutes) % DAY;
}

/** Opens at another time; the end stays where it is. */
export function openingAt(span: Span, opens: number): Span {
  return { opens, minutes: lasting(opens, endOf(span)) };
}

export function endingAt({ opens }: Span, end: number): Span {
  return { opens, minutes: lasting(opens, end) };
}

/** From a time to the same one is a whole day. */
function lasting(opens: number, end: number): number {
  return ((end - opens + DAY) % DAY) || DAY;
}

/** Whether a holiday has both its days, in their order. */
export function isWhole({ first, last }: Holiday): boolean {
  return first !== '' && last !== '' && first <= last;
}

export function isReady({ zone, holidays, autoReply }: HoursDraft): boolean {
  return zone !== '' && holidays.every(isWhole) && codePoints(autoReply) <= MOST_REPLY;
}

/** Days of the week that have the same hours, run by run: for a short list. */
export function runsOf({ windows }: Pick<ShopHours, 'windows'>): { first: number; last: number; spans: readonly Span[] }[] {
  const { days } = draftOf({ zone: '', windows, holidays: [], auto_reply: '', revision: 0, days_left: 0 });
  const runs: { first: number; last: number; spans: readonly Span[] }[] = [];
  days.forEach((spans, weekday) => {
    const before = runs.at(-1);
    if (before !== undefined && JSON.stringify(before.spans) === JSON.stringify(spans)) before.last = weekday;
    else runs.push({ first: weekday, last: weekday, spans });
  });
  return runs;
}
