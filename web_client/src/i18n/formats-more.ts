/**
 * Days, durations and money as the reader's language writes them. Every function takes the locale: the bound ones
 * are in more.ts.
 */
import { dates, daysBetween, relativeDay, unit } from './formats';
import { intlTag, type Locale } from './locales';

/** As the wire carries it: a decimal that never was a float. */
export interface Money {
  amount: string;
  currency: string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** 12 March, and the year where it is another one. */
export function date(locale: Locale, ms: number, now: number): string {
  const sameYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
  return sameYear
    ? dates(locale, 'date', { day: 'numeric', month: 'long' }).format(ms)
    : dates(locale, 'dateYear', { day: 'numeric', month: 'long', year: 'numeric' }).format(ms);
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

/** What is left, or how long it took, in its largest unit or two: 5 min, 3 h, 2 days. Never negative. */
export function duration(locale: Locale, ms: number): string {
  const left = Math.max(0, ms);
  if (left < HOUR_MS) return unit(locale, Math.floor(left / MINUTE_MS), 'minute');
  if (left < 2 * DAY_MS) return unit(locale, Math.floor(left / HOUR_MS), 'hour');
  return unit(locale, Math.floor(left / DAY_MS), 'day');
}

/** An amount with its currency; whole amounts without the cents. A decimal of any length stays exact. */
export function money(locale: Locale, { amount, currency }: Money): string {
  const options: Intl.NumberFormatOptions = { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' };
  return new Intl.NumberFormat(intlTag(locale), options).format(amount as Intl.StringNumericLiteral);
}

/** What the clock says there, with the weekday where it is another day; empty where nobody knows that zone. */
export function timeIn(locale: Locale, ms: number, zone: string): string {
  try {
    const there = dates(locale, `timeIn ${zone}`, { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone: zone });
    return there.format(ms);
  } catch {
    return '';
  }
}

/** The name of a language or a country in the reader's own; the code itself where it has none. */
export function nameOf(locale: Locale, type: 'language' | 'region', code: string): string {
  try {
    const name = new Intl.DisplayNames(intlTag(locale), { type }).of(code) ?? code;
    return name.charAt(0).toLocaleUpperCase(intlTag(locale)) + name.slice(1);
  } catch {
    return code;
  }
}
