import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { FaqLink } from '../protocol/generated';
import { REST_MS, TypeAhead } from './type-ahead';

const link = (entry: string): FaqLink => ({ entry, question: entry });

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it('asks once, when the keys rest, and only from two letters on', async () => {
  const search = vi.fn((words: string) => Promise.resolve([link(words)]));
  const ahead = new TypeAhead(search);

  ahead.write('r');
  await vi.advanceTimersByTimeAsync(REST_MS);
  for (const words of ['re', 'ref', ' refund ']) ahead.write(words);
  await vi.advanceTimersByTimeAsync(REST_MS);

  expect(search.mock.calls).toEqual([['refund']]);
  expect(ahead.hits.value).toEqual([link('refund')]);
});

it('drops an answer that later words have overtaken', async () => {
  const answers = new Map<string, (links: FaqLink[]) => void>();
  const ahead = new TypeAhead((words) => new Promise((resolve) => answers.set(words, resolve)));
  ahead.write('par');
  await vi.advanceTimersByTimeAsync(REST_MS);
  ahead.write('parcel');
  await vi.advanceTimersByTimeAsync(REST_MS);

  answers.get('parcel')?.([link('late')]);
  await vi.advanceTimersByTimeAsync(0);
  answers.get('par')?.([link('early')]);
  await vi.advanceTimersByTimeAsync(0);

  expect(ahead.hits.value).toEqual([link('late')]);
});

it('shows nothing once the field is empty, whatever is still on its way', async () => {
  let answer: (links: FaqLink[]) => void = () => undefined;
  const ahead = new TypeAhead(() => new Promise((resolve) => { answer = resolve; }));
  ahead.write('parcel');
  await vi.advanceTimersByTimeAsync(REST_MS);

  ahead.clear();
  answer([link('late')]);
  await vi.advanceTimersByTimeAsync(0);

  expect(ahead.hits.value).toBeNull();
});

it('takes a search that fails as one that finds nothing', async () => {
  const ahead = new TypeAhead(() => Promise.reject(new Error('offline')));

  ahead.write('parcel');
  await vi.advanceTimersByTimeAsync(REST_MS);

  expect(ahead.hits.value).toEqual([]);
});
