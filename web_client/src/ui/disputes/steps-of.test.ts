import { expect, test } from 'vitest';

import type { EvidenceView } from '../../protocol/generated';
import type { ThreadEvent } from '../../state/model';
import { stepsOf } from './steps-of';

const step = (seq: number, at: number, code: string, by: string): Extract<ThreadEvent, { kind: 'state' }> => ({ kind: 'state', seq, at, side: 'customer', code: `dispute.${code}`, params: { by } });
const piece = (id: string, by: 'buyer' | 'seller', at: number): EvidenceView => ({ id, by, at, kind: 'photo', sha256: '' });

test('what was put in stands with the step that it came with', () => {
  const events: ThreadEvent[] = [
    step(1, 1000, 'opened', 'buyer'),
    { kind: 'posted', seq: 2, at: 1500, side: 'shop', text: 'Oh!' },
    step(3, 2000, 'reject', 'seller'),
    step(4, 3000, 'evidence', 'buyer'),
  ];
  const steps = stepsOf(events, [piece('a', 'buyer', 1020), piece('b', 'seller', 1990), piece('c', 'buyer', 2990)]);

  expect(steps.map(({ event, pieces }) => [event.seq, pieces.map(({ id }) => id)])).toEqual([[1, ['a']], [3, ['b']], [4, ['c']]]);
});
