/** Days and times as the reader's language writes them. */
import { locale } from '../../i18n';
import { intlTag } from '../../i18n/locales';
import { formatDuration } from '../../i18n/more';

/** The first of January 2024 was a Monday. */
const MONDAY = Date.UTC(2024, 0, 1, 12);
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** How long an answer took: a minute at least. */
export function tookText(ms: number): string {
  return formatDuration(Math.max(ms, MINUTE_MS));
}

export function weekdayName(weekday: number, length: 'long' | 'short' = 'long'): string {
  const format = new Intl.DateTimeFormat(intlTag(locale.value), { weekday: length, timeZone: 'UTC' });
  const name = format.format(MONDAY + weekday * DAY_MS);
  return name.charAt(0).toLocaleUpperCase(intlTag(locale.value)) + name.slice(1);
}
