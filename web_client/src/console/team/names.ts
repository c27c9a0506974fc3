/** How days, times and lengths of working hours are said. */
import { locale, t } from '../../i18n';
import { intlTag } from '../../i18n/locales';
import { endOf, type Piece } from './week';

/** A Monday, in UTC. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

export const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;

export function dayName(weekday: number, width: 'long' | 'short' = 'long'): string {
  const format = new Intl.DateTimeFormat(intlTag(locale.value), { weekday: width, timeZone: 'UTC' });
  const name = format.format(MONDAY + weekday * DAY_MS);
  return name.charAt(0).toLocaleUpperCase(intlTag(locale.value)) + name.slice(1);
}

/** A time on a wall, as the reader's language writes it. */
export function wallTime(minute: number): string {
  const format = new Intl.DateTimeFormat(intlTag(locale.value), { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
  return format.format(MONDAY + (minute % 1440) * 60_000);
}

/** An hour beside the week: as short as the language has it. */
export function hourName(hour: number): string {
  const format = new Intl.DateTimeFormat(intlTag(locale.value), { hour: 'numeric', timeZone: 'UTC' });
  return format.format(MONDAY + (hour % 24) * 3_600_000);
}

/** An instant in a zone: the time alone where it is today, else with its day. */
export function timeIn(zone: string, at: number, now: number): string {
  const date = (ms: number): string => new Intl.DateTimeFormat('en', { dateStyle: 'short', timeZone: zone }).format(ms);
  const far = Math.abs(at - now) >= 6 * DAY_MS;
  const day: Intl.DateTimeFormatOptions = far ? { day: 'numeric', month: 'short' } : { weekday: 'short' };
  const options = date(at) === date(now) ? {} : day;
  return new Intl.DateTimeFormat(intlTag(locale.value), { ...options, hour: '2-digit', minute: '2-digit', timeZone: zone }).format(at);
}

export function topicName(topic: string): string {
  if (topic === 'complaint') return t('list.support.complaint');
  return topic === 'selling' ? t('list.support.selling') : t('console.team.topic.help');
}

/** "Monday, 07:00 to 01:00 on the next day". */
export function labelOf(one: Piece): string {
  const { minute, isNextDay } = endOf(one);
  const key = isNextDay ? 'console.team.window.label_next' : 'console.team.window.label';
  return t(key, { day: dayName(one.weekday), from: wallTime(one.opens), to: wallTime(minute) });
}
