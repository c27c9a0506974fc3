import { expect, test } from 'vitest';

import { isAt, screenOf } from './opening';

const NOTICE = { id: '0000000000000001', kind: 'rate_asked', at: 1 } as const;

test('who is asked how it was comes to where he says it', () => {
  expect(screenOf({ ...NOTICE, order_id: '0000000000000002' })).toEqual({ kind: 'rate', order: '0000000000000002' });
});

test('who is told of his dispute comes to it', () => {
  expect(screenOf({ ...NOTICE, kind: 'dispute_moved', dispute_id: '0000000000000004' })).toEqual({ kind: 'dispute', id: '0000000000000004' });
});

test.each(['complaint_opened', 'complaint_moved', 'complaint_due'] as const)('who is told of his complaint comes to it: %s', (kind) => {
  expect(screenOf({ ...NOTICE, kind, complaint_id: '0000000000000005', thread_id: '0000000000000006' })).toEqual({ kind: 'complaint', id: '0000000000000005' });
});

test('who is told of his review comes to it', () => {
  expect(screenOf({ ...NOTICE, kind: 'review_refused', review_id: '0000000000000003' })).toEqual({ kind: 'reviews', review: '0000000000000003' });
});

test('who is in the room of a dispute or a complaint need not be led there', () => {
  const moved = { ...NOTICE, kind: 'dispute_moved', dispute_id: '0000000000000004' } as const;
  const answered = { ...NOTICE, kind: 'complaint_moved', complaint_id: '0000000000000005' } as const;

  expect([isAt(screenOf(moved), moved), isAt(screenOf(answered), answered)]).toEqual([true, true]);
  expect([isAt(undefined, moved), isAt({ kind: 'cases' }, moved), isAt(screenOf(moved), answered)]).toEqual([false, false, false]);
  expect(isAt({ kind: 'dispute', id: '0000000000000007' }, moved)).toBe(false);
});
