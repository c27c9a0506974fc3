import { describe, expect, it } from 'vitest';

import { slugged } from './Canned';
import { distinct } from './colors';
import { firstValue, KINDS, shifted, step } from './macros';
import { contrast } from '../../styles/brand';

const CHOICES = { labels: [{ slug: 'vip', name: 'VIP' }], teams: [{ id: '1', name: 'Support' }], agents: [] };

describe('steps', () => {
  it('go up and down, and not beyond the ends', () => {
    const steps = [step('reply', 'a'), step('note', 'b'), step('resolve', '')];

    expect(shifted(steps, 0, 1).map(({ kind }) => kind)).toEqual(['note', 'reply', 'resolve']);
    expect(shifted(steps, 2, -1).map(({ kind }) => kind)).toEqual(['reply', 'resolve', 'note']);
    expect(shifted(steps, 2, 1)).toEqual(steps);
    expect(shifted(steps, 0, -1)).toEqual(steps);
  });

  it('begin with something that can be done, where it needs no words', () => {
    const begun = KINDS.map((kind) => [kind, firstValue(kind, CHOICES)]);

    expect(Object.fromEntries(begun)).toEqual({
      reply: '', note: '', label: 'vip', unlabel: 'vip', priority: '1', assign: 'me', transfer: '1', snooze: '1440', resolve: '',
    });
  });
});

describe('short names', () => {
  it('have small letters, figures and hyphens', () => {
    expect(slugged('/Hello World!')).toBe('hello-world-');
    expect(slugged('Возврат 2')).toBe('2');
  });
});

describe('the colour of a label', () => {
  it.each(['#fff2a8', '#101214', '#ffffff', '#000000', '#b4482a', '#2f6fd0'])('%s ends up seen in the light and in the dark', (color) => {
    const found = distinct(color);

    expect(contrast(found, '#ffffff')).toBeGreaterThanOrEqual(3);
    expect(contrast(found, '#16181b')).toBeGreaterThanOrEqual(3);
  });

  it('stays as it is where it is seen', () => {
    expect(distinct('#b4482a')).toBe('#b4482a');
  });
});
