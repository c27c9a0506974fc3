/**
 * Whether a team is there now, by hours that are still being written: the same rules as the server's, in the team's zone.
 * A wall time that the clocks skip moves forward by as much; of one that they show twice, an opening takes the first
 * and a closing the second. Pure but for the browser's table of zones.
 */
import type { HoursException, HoursSpan, HoursWindow } from '../../protocol/generated';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** What opens on a day ends two days later at most; a clock more is looked at for zones that skip one. */
const BACK = 3;
const NEAR = 16;
const FAR = 410;

export interface Hours {
  readonly zone: string;
  readonly windows: readonly HoursWindow[];
  readonly exceptions: readonly HoursException[];
}

/** `until`: when the stretch that lasts ends, or the next one begins; null where nothing lies within 400 days. */
export interface Standing {
  readonly isOpen: boolean;
  readonly until: number | null;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The wall of a zone, as if it were UTC, in milliseconds. */
export function wallOf(zone: string, at: number): number {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-u-ca-iso8601', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(zone, format);
  }
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The instant at which the wall shows this. */
export function instantOf(zone: string, wall: number, isClosing = false): number {
  const offset = (at: number): number => wallOf(zone, at) - Math.floor(at / 1000) * 1000;
  const [before, after] = [offset(wall - DAY_MS), offset(wall + DAY_MS)];
  const right = [wall - before, wall - after].filter((at) => wallOf(zone, at) === wall);
  if (right.length === 0) return wall - before;
  return isClosing ? Math.max(...right) : Math.min(...right);
}

/** Whether somebody is there at an instant, and until when that is so. */
export function standing(hours: Hours, now: number): Standing {
  const today = Math.floor(wallOf(hours.zone, now) / DAY_MS);
  for (const days of [NEAR, FAR]) {
    const ahead = stretches(hours, today - BACK, days).filter(([, closes]) => closes > now);
    const first = ahead[0];
    if (first === undefined) continue;
    const [opens, closes] = first;
    if (opens > now) return { isOpen: false, until: opens };
    const isKnown = closes < now + (days - BACK - 2) * DAY_MS;
    if (isKnown || days === FAR) return { isOpen: true, until: isKnown ? closes : null };
  }
  return { isOpen: false, until: null };
}

type Stretch = [opens: number, closes: number];

/** What opens on so many days from the first on, joined where it touches. */
function stretches({ zone, windows, exceptions }: Hours, first: number, days: number): Stretch[] {
  const dated = new Map(exceptions.map(({ date, spans = [] }) => [date, spans]));
  const found: Stretch[] = [];
  for (let day = first; day < first + days; day += 1) {
    const midnight = day * DAY_MS;
    for (const { opens, minutes } of spansOf(windows, dated, midnight)) {
      const begins = midnight + opens * MINUTE_MS;
      found.push([instantOf(zone, begins), instantOf(zone, begins + minutes * MINUTE_MS, true)]);
    }
  }
  return joined(found.sort(([a], [b]) => a - b));
}

function spansOf(windows: readonly HoursWindow[], dated: ReadonlyMap<string, readonly HoursSpan[]>, midnight: number): readonly HoursSpan[] {
  const date = new Date(midnight);
  const weekday = (date.getUTCDay() + 6) % 7;
  return dated.get(date.toISOString().slice(0, 10)) ?? windows.filter((window) => window.weekday === weekday);
}

function joined(sorted: readonly Stretch[]): Stretch[] {
  const found: Stretch[] = [];
  for (const [opens, closes] of sorted) {
    const last = found[found.length - 1];
    if (last !== undefined && opens <= last[1]) last[1] = Math.max(last[1], closes);
    else if (opens < closes) found.push([opens, closes]);
  }
  return found;
}

/** Every zone that the browser knows, with this one among them. */
export function zones(known: string): string[] {
  const all = Intl.supportedValuesOf('timeZone');
  return [...new Set([...all, 'UTC', known])].sort();
}

/** How far a zone is from UTC at an instant: `UTC+3`, `UTC−2:30`. */
export function offsetOf(zone: string, at: number): string {
  const minutes = Math.round((wallOf(zone, at) - at) / MINUTE_MS);
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const part = rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`;
  return `UTC${minutes < 0 ? '\u2212' : '+'}${String(hours)}${part}`;
}

/** The zone that this browser is in. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
