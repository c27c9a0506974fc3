import { expect, it } from 'vitest';

import type { CountedOpening } from '../../protocol/generated';
import { openingsIn } from './openings';

const FATES = ['in_time', 'late', 'unanswered', 'waiting', 'withdrawn', 'spam'] as const;

const openings = FATES.map((fate, seq): CountedOpening => ({
  thread_id: '0000000000000901',
  seq,
  at: 1_800_000_000_000,
  about: 'Cup',
  buyer: { id: '0000000000000101', name: 'Ana Rusu' },
  fate,
}));

it('counts what was answered or should have been, and neither what waits nor what is left out', () => {
  const fates = (section: Parameters<typeof openingsIn>[0]): string[] => openingsIn(section, openings).map(({ fate }) => fate);

  expect(fates('counted')).toEqual(['in_time', 'late', 'unanswered']);
  expect(fates('waiting')).toEqual(['waiting']);
  expect(fates('left_out')).toEqual(['withdrawn', 'spam']);
});
