import { describe, expect, it } from 'vitest';

import { instantOf, offsetOf, standing, zones, type Hours } from './hours';

const utc = (text: string): number => Date.parse(`${text}Z`);
const every = (opens: number, minutes: number): Hours['windows'] =>
  [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, opens, minutes }));
const MOSCOW: Hours = { zone: 'Europe/Moscow', windows: every(420, 1080), exceptions: [] };

describe('standing', () => {
  it('is open until one at night, and closed at one sharp', () => {
    expect(standing(MOSCOW, utc('2030-05-06T21:59'))).toEqual({ isOpen: true, until: utc('2030-05-06T22:00') });
    expect(standing(MOSCOW, utc('2030-05-06T22:00'))).toEqual({ isOpen: false, until: utc('2030-05-07T04:00') });
    expect(standing(MOSCOW, utc('2030-05-07T04:00')).isOpen).toBe(true);
  });

  it('leaves a holiday out, but what opened the day before runs to its end', () => {
    const hours = { ...MOSCOW, exceptions: [{ date: '2030-05-07' }] };

    expect(standing(hours, utc('2030-05-06T21:30')).isOpen).toBe(true);
    expect(standing(hours, utc('2030-05-06T22:00'))).toEqual({ isOpen: false, until: utc('2030-05-08T04:00') });
  });

  it('takes the hours of a date in place of its weekday', () => {
    const hours = { ...MOSCOW, exceptions: [{ date: '2030-05-07', spans: [{ opens: 600, minutes: 60 }] }] };

    expect(standing(hours, utc('2030-05-07T05:00'))).toEqual({ isOpen: false, until: utc('2030-05-07T07:00') });
  });

  it('joins what touches, so that a team around the clock has no end', () => {
    const always: Hours = { zone: 'UTC', windows: every(0, 1440), exceptions: [] };

    expect(standing(always, utc('2030-05-07T05:00'))).toEqual({ isOpen: true, until: null });
    expect(standing({ ...always, windows: [] }, utc('2030-05-07T05:00'))).toEqual({ isOpen: false, until: null });
  });

  it('finds a date that is far away', () => {
    const once: Hours = { zone: 'UTC', windows: [], exceptions: [{ date: '2031-01-01', spans: [{ opens: 0, minutes: 60 }] }] };

    expect(standing(once, utc('2030-05-07T05:00'))).toEqual({ isOpen: false, until: utc('2031-01-01T00:00') });
  });
});

describe('the wall', () => {
  it('moves what the clocks skip forward', () => {
    // Berlin, 2030-03-31: 02:00 to 03:00 are not.
    expect(instantOf('Europe/Berlin', utc('2030-03-31T02:30'))).toBe(utc('2030-03-31T01:30'));
  });

  it('takes the first of two for an opening and the second for a closing', () => {
    // Berlin, 2030-10-27: 02:00 to 03:00 are twice.
    expect(instantOf('Europe/Berlin', utc('2030-10-27T02:30'))).toBe(utc('2030-10-27T00:30'));
    expect(instantOf('Europe/Berlin', utc('2030-10-27T02:30'), true)).toBe(utc('2030-10-27T01:30'));
  });

  it('is said as a distance from UTC', () => {
    const at = utc('2030-05-07T05:00');
    expect(['Europe/Moscow', 'America/St_Johns', 'Asia/Kolkata', 'UTC'].map((zone) => offsetOf(zone, at))).toEqual([
      'UTC+3', 'UTC\u22122:30', 'UTC+5:30', 'UTC+0',
    ]);
  });

  it('knows the zones of the browser, and the one that is set', () => {
    expect(zones('Etc/GMT+12')).toContain('Europe/Chisinau');
    expect(zones('Etc/GMT+12')).toContain('Etc/GMT+12');
  });
});
