import { expect, test } from 'vitest';

import type { DisputeOptions } from '../../protocol/generated';
import { reasonIn, remedyIn, stepIn } from './opening';

const MONEY = { amount: '12.50', currency: 'EUR' };
const OPTIONS: DisputeOptions = {
  line: { id: 'l1', title: 'Lamp', photo_url: '', paid: MONEY, refundable: MONEY },
  reasons: [
    { reason: 'not_received', wishes: ['full'], photos_needed: false },
    { reason: 'damaged', wishes: ['full', 'partial', 'return'], photos_needed: true },
  ],
};

test('what was begun goes on where it was left, and anything else begins', () => {
  expect(stepIn({ step: 'evidence' })).toBe('evidence');
  expect(stepIn({ step: 'elsewhere' })).toBe('reason');
  expect(stepIn({})).toBe('reason');
});

test('a reason of a draft that may not be said any more is none', () => {
  expect(reasonIn({ reason: 'damaged' }, OPTIONS)?.photos_needed).toBe(true);
  expect(reasonIn({ reason: 'quality' }, OPTIONS)).toBeUndefined();
});

test('where only one thing may be wished it is, and a wish that another reason had is none', () => {
  expect(remedyIn({}, OPTIONS.reasons[0]).kind).toBe('full');
  expect(remedyIn({ kind: 'partial', amount: '5' }, OPTIONS.reasons[1])).toEqual({ kind: 'partial', amount: '5' });
  expect(remedyIn({ kind: 'return' }, OPTIONS.reasons[0]).kind).toBe('full');
  expect(remedyIn({}, OPTIONS.reasons[1]).kind).toBeNull();
});
