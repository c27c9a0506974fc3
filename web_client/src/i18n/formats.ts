/**
 * Times and numbers as the reader's language writes them, in the reader's own zone: those of the first screen,
 * which waits for each byte. The others are in formats-more.ts; the ones bound to the locale in index.ts and more.ts.
 */
import { fill, type Entry } from './sentences';
import { intlTag, type Locale } from './locales';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

const made = new Map<string, Intl.DateTimeFormat>();

export function dates(locale: Locale, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
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

export function relativeDay(locale: Locale, days: number): string {
  const word = new Intl.RelativeTimeFormat(intlTag(locale), { numeric: 'auto' }).format(days, 'day');
  return word.charAt(0).toLocaleUpperCase(intlTag(locale)) + word.slice(1);
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

export function unit(locale: Locale, value: number, name: 'minute' | 'hour' | 'day'): string {
  // One Arabic letter for a minute is a riddle.
  const unitDisplay = locale === 'ar' ? 'long' : 'short';
  return new Intl.NumberFormat(intlTag(locale), { style: 'unit', unit: name, unitDisplay }).format(value);
}

export function number(locale: Locale, value: number): string {
  return new Intl.NumberFormat(intlTag(locale)).format(value);
}
