import { describe, expect, it } from 'vitest';

import type { WebhookDelivery } from '../../protocol/generated';
import { isMoving, saidText } from './webhooks';

const DELIVERY: WebhookDelivery = {
  message_id: '0199f3c2a4b80001',
  type: 'webhook.test',
  state: 'waiting',
  attempts: 1,
  said: '500',
  created_at: 0,
  next_at: 1_000_000,
};

describe('isMoving', () => {
  it('is true while a try is near, and not while the next is hours away', () => {
    expect(isMoving([DELIVERY], 990_000)).toBe(true);
    expect(isMoving([DELIVERY], 100_000)).toBe(false);
  });

  it('is not true of what is over or held', () => {
    const over = (['sent', 'dead', 'held'] as const).map((state) => ({ ...DELIVERY, state }));
    expect(isMoving(over, 990_000)).toBe(false);
  });
});

describe('saidText', () => {
  it('says nothing before the first try, and what it does not know as it came', () => {
    expect(saidText({ said: '' })).toBe('');
    expect(saidText({ said: 'unheard_of' })).toBe('unheard_of');
  });
});
