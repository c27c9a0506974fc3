import { describe, expect, it } from 'vitest';

import { begunAt, blocks, clock, copiedToAll, drawn, endedAt, endOf, fresh, minuteOf, moved, overlaps, piece, pieces, windowsOf, withEnd, withOpening } from './week';

const at = (weekday: number, opens: string, minutes: number): ReturnType<typeof piece> =>
  piece({ weekday, opens: minuteOf(opens) ?? 0, minutes });
const said = ({ weekday, opens, minutes }: { weekday: number; opens: number; minutes: number }): string =>
  `${String(weekday)} ${clock(opens)} +${String(minutes)}`;

describe('what is drawn', () => {
  it('shows a window past midnight in two columns', () => {
    const drawnBlocks = blocks([at(0, '07:00', 1080)]);

    expect(drawnBlocks.map(({ column, from, to, part }) => [column, from, to, part])).toEqual([
      [0, 420, 1440, 'first'],
      [1, 0, 60, 'rest'],
    ]);
  });

  it('shows what Sunday leaves in the column of Monday', () => {
    expect(blocks([at(6, '22:00', 480)]).map(({ column }) => column)).toEqual([6, 0]);
  });

  it('keeps a window up to midnight in its own column', () => {
    expect(blocks([at(2, '18:00', 360)]).map(({ part, to }) => [part, to])).toEqual([['whole', 1440]]);
  });
});

describe('moving', () => {
  it('goes over midnight into another day, and over Sunday into Monday', () => {
    expect(said(moved(at(0, '23:45', 60), 30))).toBe('1 00:15 +60');
    expect(said(moved(at(6, '23:45', 60), 30))).toBe('0 00:15 +60');
    expect(said(moved(at(0, '00:00', 60), -15))).toBe('6 23:45 +60');
  });

  it('pulls the end past midnight, never past a whole day', () => {
    expect(said(endedAt(at(0, '07:00', 60), 1440 + 60))).toBe('0 07:00 +1080');
    expect(said(endedAt(at(0, '07:00', 60), 3 * 1440))).toBe('0 07:00 +1440');
  });

  it('keeps a quarter of an hour where the end is pulled before the beginning', () => {
    expect(said(endedAt(at(0, '07:00', 60), 300))).toBe('0 07:00 +15');
  });

  it('pulls the beginning, and the end stays', () => {
    expect(said(begunAt(at(0, '07:00', 60), 360))).toBe('0 06:00 +120');
    expect(said(begunAt(at(0, '07:00', 60), 600))).toBe('0 07:45 +15');
    expect(said(begunAt(at(0, '01:00', 60), -60))).toBe('6 23:00 +180');
  });

  it('draws down and up, and not longer than a day', () => {
    expect(said(drawn(420, 600))).toBe('0 07:00 +180');
    expect(said(drawn(600, 420))).toBe('0 07:00 +180');
    expect(said(drawn(600, 605))).toBe('0 10:00 +15');
    expect(said(drawn(0, 5000))).toBe('0 00:00 +1440');
  });
});

describe('writing', () => {
  it('ends on the next day where the end is not later than the beginning', () => {
    expect(withEnd({ opens: 420, minutes: 60 }, 60)).toEqual({ opens: 420, minutes: 1080 });
    expect(withEnd({ opens: 420, minutes: 60 }, 420)).toEqual({ opens: 420, minutes: 1440 });
    expect(withOpening({ opens: 420, minutes: 1080 }, 480)).toEqual({ opens: 480, minutes: 1020 });
  });

  it('says when it ends, and whether that is on the next day', () => {
    expect(endOf({ opens: 420, minutes: 1080 })).toEqual({ minute: 60, isNextDay: true });
    expect(endOf({ opens: 1080, minutes: 360 })).toEqual({ minute: 0, isNextDay: false });
    expect(endOf({ opens: 0, minutes: 1440 })).toEqual({ minute: 0, isNextDay: true });
  });

  it('reads and writes the time of a field', () => {
    expect(minuteOf('07:05')).toBe(425);
    expect(minuteOf('')).toBeNull();
    expect(clock(425)).toBe('07:05');
  });

  it('copies one day to all, which then have nothing else', () => {
    const all = [at(0, '07:00', 60), at(0, '10:00', 60), at(3, '20:00', 60)];

    const copied = windowsOf(copiedToAll(all, 0));

    expect(copied).toHaveLength(14);
    expect(new Set(copied.map(({ opens }) => opens))).toEqual(new Set([420, 600]));
  });

  it('begins a new window after the last one of the day', () => {
    expect(said(fresh([], 2))).toBe('2 09:00 +540');
    expect(said(fresh([at(2, '09:00', 540)], 2))).toBe('2 18:00 +240');
    expect(said(fresh([at(2, '09:00', 900)], 2))).toBe('2 00:00 +60');
  });

  it('sorts by day and hour, each with a name that stays', () => {
    const all = pieces([
      { weekday: 3, opens: 0, minutes: 60 },
      { weekday: 1, opens: 600, minutes: 60 },
    ]);

    expect(all.map(({ weekday }) => weekday)).toEqual([1, 3]);
    expect(new Set(all.map(({ key }) => key)).size).toBe(2);
  });

  it('notices what counts twice, over the end of the week as well', () => {
    expect(overlaps([at(0, '07:00', 60), at(0, '08:00', 60)])).toBe(false);
    expect(overlaps([at(0, '07:00', 61), at(0, '08:00', 60)])).toBe(true);
    expect(overlaps([at(6, '23:00', 120), at(0, '00:30', 60)])).toBe(true);
  });
});
