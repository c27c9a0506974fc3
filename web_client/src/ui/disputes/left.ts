/** How long is left, in the two largest units, written out: "2 days 4 hours". */
import { locale } from '../../i18n';
import { intlTag } from '../../i18n/locales';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export type Urgency = 'calm' | 'soon' | 'late';

/** Less than two days is soon; less than twelve hours, or nothing, is late. */
export function urgencyOf(ms: number): Urgency {
  if (ms < 12 * HOUR_MS) return 'late';
  return ms < 2 * DAY_MS ? 'soon' : 'calm';
}

/** Never negative; what is left of a minute is one. */
export function formatLeft(ms: number): string {
  const minutes = Math.max(0, Math.ceil(ms / MINUTE_MS));
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  if (days > 0) return joined([[days, 'day'], [hours, 'hour']]);
  return joined([[hours, 'hour'], [minutes % 60, 'minute']]);
}

function joined(parts: readonly (readonly [number, 'day' | 'hour' | 'minute'])[]): string {
  const tag = intlTag(locale.value);
  const told = parts.filter(([value]) => value > 0);
  const words = (told.length === 0 ? parts.slice(-1) : told).map(([value, unit]) =>
    new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' }).format(value),
  );
  return new Intl.ListFormat(tag, { type: 'unit', style: 'narrow' }).format(words);
}
