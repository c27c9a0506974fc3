/**
 * Times, days, numbers and money as the reader's language writes them, in the reader's own zone.
 * Every function takes the locale: the bound ones are in index.ts.
 */
import { fill, type Entry } from './sentences';
import { intlTag, type Locale } from './locales';

/** As the wire carries it: a decimal that never was a float. */
export interface Money {
  amount: string;
  currency: string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

const made = new Map<string, Intl.DateTimeFormat>();

function dates(locale: Locale, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${name}`;
  const known = made.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(intlTag(locale), options);
  made.set(key, format);
  return format;
}

/** 14:05 */
export function time(locale: Locale, ms: number): string {
  return dates(locale, 'time', { hour: '2-digit', minute: '2-digit' }).format(ms);
}

/** 12 March, and the year where it is another one. */
export function date(locale: Locale, ms: number, now: number): string {
  const sameYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
  return sameYear
    ? dates(locale, 'date', { day: 'numeric', month: 'long' }).format(ms)
    : dates(locale, 'dateYear', { day: 'numeric', month: 'long', year: 'numeric' }).format(ms);
}

/** 12 Mar, for narrow places. */
export function shortDate(locale: Locale, ms: number, now: number): string {
  const sameYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
  return sameYear
    ? dates(locale, 'short', { day: 'numeric', month: 'short' }).format(ms)
    : dates(locale, 'shortYear', { day: 'numeric', month: 'short', year: 'numeric' }).format(ms);
}

/** Day and time, as a hint or in a list of facts. */
export function when(locale: Locale, ms: number): string {
  return dates(locale, 'when', { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
}

/** How many midnights lie between the two, in the reader's zone. */
export function daysBetween(earlier: number, later: number): number {
  const midnight = (ms: number): number => {
    const at = new Date(ms);
    return Date.UTC(at.getFullYear(), at.getMonth(), at.getDate());
  };
  return Math.round((midnight(later) - midnight(earlier)) / DAY_MS);
}

function relativeDay(locale: Locale, days: number): string {
  const word = new Intl.RelativeTimeFormat(intlTag(locale), { numeric: 'auto' }).format(days, 'day');
  return word.charAt(0).toLocaleUpperCase(intlTag(locale)) + word.slice(1);
}

/** "Today", "Yesterday", the weekday within a week, else the date: for the line between two days. */
export function day(locale: Locale, ms: number, now: number): string {
  const days = daysBetween(ms, now);
  if (days === 0 || days === 1) return relativeDay(locale, days === 0 ? 0 : -1);
  if (days > 1 && days < 7) {
    const word = dates(locale, 'weekday', { weekday: 'long' }).format(ms);
    return word.charAt(0).toLocaleUpperCase(intlTag(locale)) + word.slice(1);
  }
  return date(locale, ms, now);
}

/** Short enough for a list: now, 5 min, the time of today, "Yesterday", the weekday, the date. */
export function relative(locale: Locale, ms: number, now: number, justNow: Entry): string {
  const past = now - ms;
  const days = daysBetween(ms, now);
  if (past >= -MINUTE_MS && past < MINUTE_MS) return fill(justNow, {}, locale);
  if (past > 0 && past < HOUR_MS) return unit(locale, Math.floor(past / MINUTE_MS), 'minute');
  if (days === 0) return time(locale, ms);
  if (days === 1) return relativeDay(locale, -1);
  if (days > 1 && days < 7) return dates(locale, 'weekdayShort', { weekday: 'short' }).format(ms);
  return shortDate(locale, ms, now);
}

function unit(locale: Locale, value: number, name: 'minute' | 'hour' | 'day'): string {
  // One Arabic letter for a minute is a riddle.
  const unitDisplay = locale === 'ar' ? 'long' : 'short';
  return new Intl.NumberFormat(intlTag(locale), { style: 'unit', unit: name, unitDisplay }).format(value);
}

/** What is left, or how long it took, in its largest unit or two: 5 min, 3 h, 2 days. Never negative. */
export function duration(locale: Locale, ms: number): string {
  const left = Math.max(0, ms);
  if (left < HOUR_MS) return unit(locale, Math.floor(left / MINUTE_MS), 'minute');
  if (left < 2 * DAY_MS) return unit(locale, Math.floor(left / HOUR_MS), 'hour');
  return unit(locale, Math.floor(left / DAY_MS), 'day');
}

export function number(locale: Locale, value: number): string {
  return new Intl.NumberFormat(intlTag(locale)).format(value);
}

/** An amount with its currency; whole amounts without the cents. A decimal of any length stays exact. */
export function money(locale: Locale, { amount, currency }: Money): string {
  const options: Intl.NumberFormatOptions = { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' };
  return new Intl.NumberFormat(intlTag(locale), options).format(amount as Intl.StringNumericLiteral);
}
