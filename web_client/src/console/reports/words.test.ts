import { describe, expect, it } from 'vitest';

import { dayName, mean, NOTHING, share, span, spanIn, weekdayName } from './words';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Spaces of all kinds as one. */
const plain = (text: string): string => text.replaceAll(/\s/g, ' ');

describe('a duration', () => {
  it.each([
    [0, '0 sec'],
    [45_999, '45 sec'],
    [4 * MINUTE + 59_000, '4 min'],
    [HOUR, '1 hr'],
    [HOUR + 20 * MINUTE, '1 hr 20 min'],
    [24 * HOUR + 59 * MINUTE, '1 day'],
    [51 * HOUR, '2 days 3 hr'],
  ])('of %i ms is %s', (ms, said) => {
    expect(plain(spanIn('en', ms))).toBe(said);
  });

  it('is said in the language of the reader', () => {
    expect(plain(spanIn('ru', HOUR + 20 * MINUTE))).toBe('1 ч 20 мин');
    expect(spanIn('ar', 5 * MINUTE)).toContain('دقائق');
  });

  it('that is not known is a dash', () => {
    expect(span(undefined)).toBe(NOTHING);
    expect(span(null)).toBe(NOTHING);
  });
});

describe('other figures', () => {
  it('are shares and means, and a dash of nothing', () => {
    expect(share(2, 3)).toBe('67%');
    expect(share(0, 0)).toBe(NOTHING);
    expect(mean(4.26)).toBe('4.3');
    expect(mean(undefined)).toBe(NOTHING);
  });

  it('are days by their names, whatever the zone of the reader', () => {
    expect(dayName('2026-11-29')).toBe('Nov 29');
    expect(dayName('2026-11-29', true)).toBe('Sun, Nov 29, 2026');
    expect(weekdayName(0, 'long')).toBe('Monday');
    expect(weekdayName(6, 'short')).toBe('Sun');
  });
});
