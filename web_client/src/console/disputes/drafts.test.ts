import { describe, expect, it } from 'vitest';

import type { DisputeView } from '../../protocol/generated';
import { kindsOf, missing, type Draft } from './drafts';

const DISPUTE: Pick<DisputeView, 'reason' | 'line'> = {
  reason: 'damaged',
  line: { id: '1', title: 'Vase', photo_url: '', paid: { amount: '20.00', currency: 'EUR' }, refundable: { amount: '12.50', currency: 'EUR' } },
};
const REASONS = 'Half of it works, as both photos show.';

function draft(kind: Draft['remedy']['kind'], amount = '', text = REASONS): Draft {
  return { remedy: { kind, amount }, text };
}

describe('a decision', () => {
  it('says what, how much of it, and why', () => {
    expect(missing(draft(null), DISPUTE, true)).toBe('kind');
    expect(missing(draft('partial'), DISPUTE, true)).toBe('amount');
    expect(missing(draft('partial', '12.51'), DISPUTE, true)).toBe('amount');
    expect(missing(draft('full', '', 'Because.'), DISPUTE, true)).toBe('reasons');
    expect(missing(draft('full', '', 'a'.repeat(4_001)), DISPUTE, true)).toBe('too_long');
    expect(missing(draft('partial', '12.5'), DISPUTE, true)).toBeNull();
  });

  it('needs no words where it is only proposed', () => {
    expect(missing(draft('full', '', ''), DISPUTE, false)).toBeNull();
  });

  it('sends nothing back that never came, or came back once', () => {
    expect(kindsOf(DISPUTE, true)).toEqual(['full', 'partial', 'return', 'none']);
    expect(kindsOf({ reason: 'not_received' }, true)).toEqual(['full', 'partial', 'none']);
    expect(kindsOf({ reason: 'damaged', returning: { contested: true } }, false)).toEqual(['full', 'partial']);
  });
});
