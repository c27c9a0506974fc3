import { expect, it } from 'vitest';

import type { ShopHours } from '../../protocol/generated';
import { bodyOf, clock, draftOf, endingAt, endOf, isReady, minuteOf, openingAt, runsOf } from './hours';

const NINE_TO_SIX = { opens: 540, minutes: 540 };
const HOURS: ShopHours = {
  zone: 'Europe/Chisinau',
  windows: [0, 1, 2, 3, 4].map((weekday) => ({ weekday, ...NINE_TO_SIX })),
  holidays: [{ first: '2030-08-01', last: '2030-08-14' }],
  auto_reply: ' Back soon. ',
  revision: 3,
  days_left: 16,
};

it('gives back what it was given', () => {
  const { days_left: _, auto_reply: reply, ...rest } = HOURS;

  expect(bodyOf(draftOf(HOURS), 3)).toEqual({ ...rest, auto_reply: reply.trim() });
});

it('reads and writes times of the wall', () => {
  expect(clock(545)).toBe('09:05');
  expect(clock(1440)).toBe('00:00');
  expect(minuteOf('09:05')).toBe(545);
  expect(minuteOf('')).toBeNull();
});

it('moves one end of a span and leaves the other where it is', () => {
  expect(endOf(NINE_TO_SIX)).toBe(1080);
  expect(openingAt(NINE_TO_SIX, 600)).toEqual({ opens: 600, minutes: 480 });
  expect(endingAt(NINE_TO_SIX, 1200)).toEqual({ opens: 540, minutes: 660 });
});

it('goes past midnight, and takes the same time twice for a whole day', () => {
  expect(endingAt({ opens: 1320, minutes: 60 }, 120)).toEqual({ opens: 1320, minutes: 240 });
  expect(endingAt(NINE_TO_SIX, 540)).toEqual({ opens: 540, minutes: 1440 });
});

it('joins days with the same hours', () => {
  expect(runsOf(HOURS)).toEqual([
    { first: 0, last: 4, spans: [NINE_TO_SIX] },
    { first: 5, last: 6, spans: [] },
  ]);
});

it('holds back a holiday that is not whole, and words that are too many', () => {
  const draft = draftOf(HOURS);
  expect(isReady(draft)).toBe(true);
  expect(isReady({ ...draft, holidays: [{ first: '2030-08-14', last: '2030-08-01' }] })).toBe(false);
  expect(isReady({ ...draft, holidays: [{ first: '', last: '2030-08-01' }] })).toBe(false);
  expect(isReady({ ...draft, autoReply: 'a'.repeat(1001) })).toBe(false);
});
