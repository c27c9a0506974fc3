import { beforeAll, describe, expect, it } from 'vitest';

import { needPart, setLocale } from '../../i18n';
import '../../i18n/disputes';
import '../../i18n/more';
import { systemText } from './system-text';

const PART = { kind: 'partial', amount: '12.5', currency: 'EUR' };
const WHOLE = { kind: 'full', amount: '30', currency: 'EUR' };

const told = (code: string, params: Record<string, string> = {}): string => systemText({ kind: 'state', seq: 1, at: 1, side: 'customer', code, params });

beforeAll(async () => {
  await Promise.all([setLocale('en'), needPart('more')]);
});

describe('a step of a dispute', () => {
  it('says how much is offered, asked for and decided', () => {
    expect(told('dispute.counter', { by: 'seller', ...PART })).toBe('The seller offers €12.50 back');
    expect(told('dispute.counter', { by: 'buyer', ...WHOLE })).toBe('The buyer now asks for the whole amount back (€30)');
    expect(told('dispute.propose', { by: 'mediator', ...PART, kind: 'return' })).toBe('The mediator proposes: the whole amount back against the return of the goods (€12.50)');
    expect(told('dispute.decide', { by: 'mediator', kind: 'none' })).toBe('The mediator has decided: no refund');
    expect(told('dispute.pay', { by: 'backend', ...PART })).toBe('The refund was paid: €12.50');
  });

  it('says what it was opened for, and why where those words are there', async () => {
    const params = { by: 'buyer', reason: 'damaged', ...WHOLE };
    expect(told('dispute.opened', params)).toBe('The buyer opened a dispute and asks for the whole amount back (€30)');

    await needPart('disputes');

    expect(told('dispute.opened', params)).toBe('The buyer opened a dispute and asks for the whole amount back (€30). Reason: It came damaged');
  });

  it('writes amounts as its reader does', async () => {
    await setLocale('ru');
    const words = told('dispute.counter', { by: 'seller', ...PART });
    await setLocale('en');

    expect(words.replace(/\u00a0/gu, ' ')).toBe('Продавец предлагает вернуть 12,50 €');
  });
});

it('says who did something where there is a sentence for that, and what happened where there is none', () => {
  expect(told('support.joined', { name: 'Vera' })).toBe('Vera from support is here.');
  expect(told('dispute.take', { by: 'mediator' })).toBe('A mediator has taken the case');
  expect(told('of.another.day')).toBe(systemText({ kind: 'state', seq: 2, at: 2, side: 'system', code: 'of.another.day' }));
});
