/** Figures in words: durations, shares and days as the reader's language writes them. */
import { formatNumber, locale } from '../../i18n';
import { intlTag, type Locale } from '../../i18n/locales';
import { instantOf } from './wish';

export const NOTHING = '–';

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** The largest unit and the one below it: 45 s, 4 min, 1 h 20 min, 2 d 3 h. */
export function spanIn(language: Locale, ms: number): string {
  const tag = intlTag(language);
  const at = UNITS.findIndex(([, size]) => ms >= size);
  const [name, size] = UNITS[at] ?? UNITS[3];
  const first = Math.floor(ms / size);
  const say = (value: number, unit: string): string =>
    new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: language === 'ar' ? 'long' : 'short' }).format(value);
  const [below, less] = UNITS[at + 1] ?? [];
  const rest = less === undefined ? 0 : Math.floor((ms - first * size) / less);
  // Minutes are told without their seconds: nobody compares those.
  if (below === undefined || below === 'second' || rest === 0) return say(first, name);
  return new Intl.ListFormat(tag, { type: 'unit', style: language === 'ar' ? 'long' : 'narrow' }).format([
    say(first, name),
    say(rest, below),
  ]);
}

export function span(ms: number | null | undefined): string {
  return ms === null || ms === undefined ? NOTHING : spanIn(locale.value, ms);
}

/** A share of a hundred, whole. */
export function share(part: number, whole: number): string {
  if (whole === 0) return NOTHING;
  return new Intl.NumberFormat(intlTag(locale.value), { style: 'percent' }).format(part / whole);
}

export function mean(value: number | undefined): string {
  return value === undefined ? NOTHING : formatNumber(Math.round(value * 10) / 10);
}

/** 29 Nov; with its weekday where there is room. */
export function dayName(day: string, long = false): string {
  const options: Intl.DateTimeFormatOptions = long
    ? { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }
    : { day: 'numeric', month: 'short', timeZone: 'UTC' };
  return new Intl.DateTimeFormat(intlTag(locale.value), options).format(instantOf(day));
}

/** Day and time without the year, in the reader's own zone. */
export function moment(ms: number): string {
  const options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' };
  return new Intl.DateTimeFormat(intlTag(locale.value), options).format(ms);
}

/** The weekday by its number from Monday. */
export function weekdayName(number: number, width: 'long' | 'short'): string {
  // 2024 began on a Monday.
  return new Intl.DateTimeFormat(intlTag(locale.value), { weekday: width, timeZone: 'UTC' }).format(
    Date.UTC(2024, 0, 1 + number),
  );
}

export function languageName(tag: string): string {
  return new Intl.DisplayNames([intlTag(locale.value)], { type: 'language' }).of(tag) ?? tag;
}

/** Europe/Moscow as people read it. */
export function zoneName(zone: string): string {
  return zone.replaceAll('_', ' ');
}
