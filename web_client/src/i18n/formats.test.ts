import { describe, expect, it } from 'vitest';
import { relative } from './formats';
import { day, duration, money } from './formats-more';

const at = (day: number, hour: number, minute = 0): number => new Date(2026, 2, day, hour, minute).getTime();
const NOW = at(12, 15, 0);

describe('relative', () => {
  const of = (ms: number, locale: 'en' | 'ru' | 'ar' | 'es' = 'en'): string => relative(locale, ms, NOW, 'now');

  it('says now for a minute, also for a clock that runs ahead', () => {
    expect(of(NOW - 20_000)).toBe('now');
    expect(of(NOW + 30_000)).toBe('now');
  });

  it('says minutes, the time, yesterday, the weekday, the date', () => {
    expect(of(NOW - 5 * 60_000)).toBe('5 min');
    expect(of(at(12, 9, 5))).toMatch(/^0?9:05/);
    expect(of(at(11, 23))).toBe('Yesterday');
    expect(of(at(9, 12))).toBe('Mon');
    expect(of(at(1, 12))).toBe('Mar 1');
    expect(of(new Date(2025, 11, 31, 12).getTime())).toBe('Dec 31, 2025');
  });

  it('speaks the language of the reader', () => {
    expect(of(NOW - 5 * 60_000, 'ru')).toBe('5 мин');
    expect(of(at(11, 23), 'ru')).toBe('Вчера');
    expect(of(NOW - 5 * 60_000, 'es')).toBe('5 min');
    expect(of(at(11, 23), 'es')).toBe('Ayer');
    expect(of(at(1, 12), 'es')).toBe('1 mar');
  });
});

it('names days by midnights, not by 24 hours', () => {
  expect(day('en', at(11, 23, 59), at(12, 0, 1))).toBe('Yesterday');
  expect(day('en', at(12, 0, 1), at(12, 23, 59))).toBe('Today');
  expect(day('ru', at(9, 12), NOW)).toBe('Понедельник');
  expect(day('es', at(9, 12), NOW)).toBe('Lunes');
  expect(day('es', at(1, 12), NOW)).toBe('1 de marzo');
});

it('writes money exactly and without empty cents', () => {
  expect(money('en', { amount: '1290.00', currency: 'USD' })).toBe('$1,290');
  expect(money('en', { amount: '49.90', currency: 'USD' })).toBe('$49.90');
  expect(money('en', { amount: '9007199254740993.01', currency: 'USD' })).toBe('$9,007,199,254,740,993.01');
  expect(money('es', { amount: '12900.00', currency: 'EUR' }).replace('\u00a0', ' ')).toBe('12.900 €');
  expect(money('es', { amount: '49.90', currency: 'EUR' }).replace('\u00a0', ' ')).toBe('49,90 €');
});

it('rounds a duration down and never below zero', () => {
  expect(duration('en', 59 * 60_000 + 59_000)).toBe('59 min');
  expect(duration('en', 23.9 * 3_600_000)).toBe('23 hr');
  expect(duration('en', 3 * 86_400_000)).toBe('3 days');
  expect(duration('en', -5)).toBe('0 min');
});
