import { expect, it } from 'vitest';

import { actsOf, formOf, isReady, isSilent, offers, type Filled } from './steps';

const NOTHING: Filled = { text: ' ', hasPieces: false, isWhole: true, hasRemedy: false };
const TURN = { state: 'seller_turn', then: 'mediation' } as const;
const SILENT = { state: 'seller_turn', then: 'as_asked' } as const;

it('offers the steps that may be made now, the chief one first, and no other side’s', () => {
  expect(actsOf({ acts: ['evidence', 'withdraw', 'reject', 'counter', 'accept'] })).toEqual(['accept', 'counter', 'reject', 'evidence']);
});

it('asks nothing of a step that is only confirmed', () => {
  for (const act of ['accept', 'agree', 'receive'] as const) expect(isReady(formOf(TURN, act), NOTHING)).toBe(true);
});

it('wants words with a rejection, an offer and an address', () => {
  expect(isReady(formOf(TURN, 'reject'), { ...NOTHING, hasPieces: true })).toBe(false);
  expect(isReady(formOf(TURN, 'reject'), { ...NOTHING, text: 'It was whole.' })).toBe(true);
  expect(isReady(formOf(TURN, 'address'), NOTHING)).toBe(false);
  expect(isReady(formOf(TURN, 'counter'), { ...NOTHING, text: 'A part.' })).toBe(false);
  expect(isReady(formOf(TURN, 'counter'), { ...NOTHING, text: 'A part.', hasRemedy: true })).toBe(true);
});

it('wants words or photos where something is to be proven', () => {
  for (const act of ['contest', 'evidence'] as const) {
    expect(isReady(formOf(TURN, act), NOTHING)).toBe(false);
    expect(isReady(formOf(TURN, act), { ...NOTHING, hasPieces: true })).toBe(true);
  }
});

it('lets a shop ask a mediator with nothing said only where it has answered before', () => {
  expect(isSilent(SILENT)).toBe(true);
  expect(isReady(formOf(SILENT, 'escalate'), NOTHING)).toBe(false);
  expect(isReady(formOf(TURN, 'escalate'), NOTHING)).toBe(true);
});

it('holds back what is too long or still on its way', () => {
  expect(isReady(formOf(TURN, 'evidence'), { ...NOTHING, text: 'See.', isWhole: false })).toBe(false);
});

it('offers no return of what never came, nor a second one', () => {
  expect(offers({ reason: 'damaged' })).toContain('return');
  expect(offers({ reason: 'not_received' })).not.toContain('return');
  expect(offers({ reason: 'damaged', returning: { contested: true } })).not.toContain('return');
});
