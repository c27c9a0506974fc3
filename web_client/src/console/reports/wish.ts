/** What a report is asked of: days, both included, of a team and a language, or of all. Pure. */

import type { ReportWish } from '../../services/console';

export type Wish = ReportWish;

/** As the server has it. */
export const MOST_DAYS = 400;

const DAY_MS = 86_400_000;

/** The day on the wall of the one who looks. */
export function dayOf(at: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${String(at.getFullYear())}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** A day in milliseconds, as if there were no zones: for counting and for naming it. */
export function instantOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** So many days up to one, which is the last of them. */
export function lastDays(count: number, to: string): Pick<Wish, 'from' | 'to'> {
  const from = new Date(instantOf(to) - (count - 1) * DAY_MS);
  return { from: from.toISOString().slice(0, 10), to };
}

/** How many days these are; NaN where one of them is none. */
export function daysOf({ from, to }: Pick<Wish, 'from' | 'to'>): number {
  return (instantOf(to) - instantOf(from)) / DAY_MS + 1;
}

/** Whether the server makes a report of these days. */
export function isSound(wish: Pick<Wish, 'from' | 'to'>): boolean {
  const days = daysOf(wish);
  return days >= 1 && days <= MOST_DAYS;
}
