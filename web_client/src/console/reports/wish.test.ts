import { describe, expect, it } from 'vitest';

import { dayOf, daysOf, isSound, lastDays } from './wish';

describe('the days of a report', () => {
  it('end with the one that is named, over the ends of months and years', () => {
    expect(lastDays(1, '2027-01-15')).toEqual({ from: '2027-01-15', to: '2027-01-15' });
    expect(lastDays(30, '2027-01-15')).toEqual({ from: '2026-12-17', to: '2027-01-15' });
  });

  it('are counted with both ends', () => {
    expect(daysOf({ from: '2026-03-28', to: '2026-03-30' })).toBe(3);
  });

  it('are refused where they run backwards, are too many, or are none', () => {
    expect(isSound({ from: '2026-03-30', to: '2026-03-30' })).toBe(true);
    expect(isSound({ from: '2026-03-30', to: '2026-03-29' })).toBe(false);
    expect(isSound(lastDays(400, '2027-01-15'))).toBe(true);
    expect(isSound(lastDays(401, '2027-01-15'))).toBe(false);
    expect(isSound({ from: '', to: '2026-03-29' })).toBe(false);
  });

  it('are those of the wall, not of Greenwich', () => {
    expect(dayOf(new Date(2026, 0, 5, 0, 30))).toBe('2026-01-05');
    expect(dayOf(new Date(2026, 11, 31, 23, 30))).toBe('2026-12-31');
  });
});
