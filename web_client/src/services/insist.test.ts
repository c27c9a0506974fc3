import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { Refusal } from '../protocol/refusal';
import { insist } from './insist';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Refuses so often, and answers then. */
function tired(refusals: Refusal[]): { ask: () => Promise<string>; asked: () => number } {
  let asked = 0;
  const ask = (): Promise<string> => {
    const refusal = refusals[asked];
    asked += 1;
    return refusal === undefined ? Promise.resolve('here') : Promise.reject(refusal);
  };
  return { ask, asked: () => asked };
}

it('asks again and again while nobody answers', async () => {
  const { ask, asked } = tired([new Refusal('offline'), new Refusal('offline'), new Refusal('offline')]);
  const answer = insist(ask);

  await vi.advanceTimersByTimeAsync(499);
  expect(asked()).toBe(1);
  await vi.advanceTimersByTimeAsync(10_000);

  expect([await answer, asked()]).toEqual(['here', 4]);
});

it('waits as long as the server wishes', async () => {
  const { ask, asked } = tired([new Refusal('rate_limited', { retryable: true, retryAfterMs: 9_000 })]);
  const answer = insist(ask);

  await vi.advanceTimersByTimeAsync(8_999);
  expect(asked()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);

  expect(await answer).toBe('here');
});

it('takes a no for an answer', async () => {
  const { ask, asked } = tired([new Refusal('not_found')]);

  await expect(insist(ask)).rejects.toMatchObject({ code: 'not_found' });
  expect(asked()).toBe(1);
});
