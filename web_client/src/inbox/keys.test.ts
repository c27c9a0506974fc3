import { describe, expect, it } from 'vitest';

import type { Press } from '../ui/keys';
import { GROUPS } from './groups';
import { actionOf, GROUP_KEYS } from './keys';

const press = (key: string, parts: Partial<Press> = {}): Press => ({
  key,
  code: '',
  hasModifier: false,
  isInField: false,
  ...parts,
});

describe('actionOf', () => {
  it.each([
    ['j', 'next'],
    ['k', 'previous'],
    ['r', 'reply'],
    ['e', 'archive'],
    ['/', 'search'],
    ['?', 'help'],
    ['J', 'next'],
  ])('reads %s', (key, action) => {
    expect(actionOf(press(key), false, true)).toBe(action);
  });

  it('reads the place of a key on layouts without Latin letters', () => {
    expect(actionOf(press('о', { code: 'KeyJ' }), false, true)).toBe('next');
    expect(actionOf(press('ت', { code: 'KeyJ' }), false, true)).toBe('next');
    expect(actionOf(press('؟', { code: 'Slash' }), false, true)).toBe('help');
  });

  it('takes the letter, not the place, where the layout has Latin letters', () => {
    expect(actionOf(press('k', { code: 'KeyJ' }), false, true)).toBe('previous');
  });

  it('leaves single keys alone where somebody writes, holds a modifier, or has turned them off', () => {
    expect(actionOf(press('j', { isInField: true }), false, true)).toBe(null);
    expect(actionOf(press('j', { hasModifier: true }), false, true)).toBe(null);
    expect(actionOf(press('?'), false, false)).toBe(null);
    expect(actionOf(press('n'), true, false)).toBe(null);
    expect(actionOf(press('n'), false, false)).toBe(null);
  });

  it('always knows the way back', () => {
    expect(actionOf(press('Escape', { isInField: true }), false, false)).toBe('back');
  });

  it('goes to a group after G, and does nothing else with that letter', () => {
    expect(actionOf(press('g'), false, true)).toBe('prefix');
    expect(actionOf(press('o'), true, true)).toBe('group:orders');
    expect(actionOf(press('r'), true, true)).toBe('reviews');
    expect(actionOf(press('e'), true, true)).toBe(null);
    expect(actionOf(press('o'), false, true)).toBe(null);
  });

  it('reaches every group', () => {
    expect(Object.values(GROUP_KEYS).sort()).toEqual([...GROUPS].sort());
  });
});
