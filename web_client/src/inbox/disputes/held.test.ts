import { expect, it } from 'vitest';

import { isOver, merged, sorted, type Case } from './held';

interface Some extends Case {
  readonly waits?: boolean;
}

function some(id: string, parts: Partial<Some> = {}): Some {
  return { id, revision: 1, opened_at: 1, ...parts };
}

const waits = (one: Some): boolean => one.waits === true;
const ids = (cases: readonly Some[]): string => cases.map(({ id }) => id).join('');

it('takes what is fresh, and nothing that is older than what it holds', () => {
  const held = [some('a', { revision: 3 }), some('b')];

  const now = merged(held, [some('a', { revision: 2 }), some('b', { due_at: 5 }), some('c')]);

  expect(now).toEqual([some('a', { revision: 3 }), some('b', { due_at: 5 }), some('c')]);
});

it('shows what waits for the shop first, by what is due first', () => {
  const cases = [some('d', { due_at: 1 }), some('b', { waits: true, due_at: 9 }), some('a', { waits: true, due_at: 3 }), some('c', { waits: true })];

  expect(ids(sorted(cases, waits))).toBe('abcd');
});

it('shows what is over last, the newest of it first, though it once waited', () => {
  const over = { closed_at: 50, waits: true };
  const cases = [some('y', { ...over, opened_at: 1 }), some('x', { ...over, opened_at: 7 }), some('b'), some('a')];

  expect(ids(sorted(cases, waits))).toBe('abxy');
  expect(isOver(some('z', over))).toBe(true);
});
