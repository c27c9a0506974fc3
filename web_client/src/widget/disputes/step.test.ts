import { expect, test } from 'vitest';

import type { DisputeView } from '../../protocol/generated';
import { endsForEver, kindsOf, mostOf } from './step';

const euros = (amount: string): { amount: string; currency: string } => ({ amount, currency: 'EUR' });
const VIEW: DisputeView = {
  id: 'd1',
  thread_id: 't1',
  state: 'buyer_turn',
  revision: 2,
  reason: 'damaged',
  my_side: 'buyer',
  order_id: 'o1',
  order_number: '1001',
  line: { id: 'l1', title: 'Lamp', photo_url: '', paid: euros('12.50'), refundable: euros('12.50') },
  buyer: { id: 'p1', name: 'Ana' },
  shop: { id: 's1', name: 'Light' },
  opened_at: 1,
  asked: { kind: 'full', amount: euros('12.50') },
  wish: { kind: 'full', amount: euros('12.50') },
  acts: ['counter', 'withdraw'],
};

test('nobody asks for more than at first, nor for more than is left', () => {
  expect(mostOf(VIEW)).toEqual(euros('12.50'));
  expect(mostOf({ ...VIEW, asked: { kind: 'partial', amount: euros('5.00') } })).toEqual(euros('5.00'));
  expect(mostOf({ ...VIEW, line: { ...VIEW.line, refundable: euros('3.00') } })).toEqual(euros('3.00'));
});

test('the whole is offered only to who asked for it, and goods that did not come do not go back', () => {
  expect(kindsOf('counter', VIEW)).toEqual(['full', 'partial', 'return']);
  expect(kindsOf('counter', { ...VIEW, asked: { kind: 'partial', amount: euros('5.00') } })).toEqual(['partial']);
  expect(kindsOf('counter', { ...VIEW, reason: 'not_received' })).toEqual(['full', 'partial']);
  expect(kindsOf('counter', { ...VIEW, returning: { contested: true } })).toEqual(['full', 'partial']);
});

test('who opens it again asks for the same or less, and for the whole where nothing came', () => {
  expect(kindsOf('reopen', { ...VIEW, asked: { kind: 'return', amount: euros('12.50') } })).toEqual(['partial', 'return']);
  expect(kindsOf('reopen', { ...VIEW, reason: 'not_received' })).toEqual(['full']);
});

test('a withdrawal is the last word with a mediator, and the second time', () => {
  expect(endsForEver(VIEW, [])).toBe(false);
  expect(endsForEver({ ...VIEW, state: 'mediation' }, [])).toBe(true);
  expect(endsForEver(VIEW, [{ kind: 'state', seq: 3, at: 1, side: 'customer', code: 'dispute.reopened' }])).toBe(true);
});
