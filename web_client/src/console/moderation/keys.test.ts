import { describe, expect, it } from 'vitest';

import { actionOf, type RoomPress } from './keys';

const press = (key: string, more: Partial<RoomPress> = {}): RoomPress => ({
  key,
  code: '',
  hasShift: false,
  hasModifier: false,
  isInField: false,
  isOnControl: false,
  ...more,
});

describe('a key', () => {
  it('publishes what is open, and with Shift what is selected', () => {
    expect(actionOf(press('p'), false, true)).toBe('publish');
    expect(actionOf(press('P', { hasShift: true }), false, true)).toBe('publish_selected');
    expect(actionOf(press('R', { hasShift: true }), false, true)).toBe('refuse_selected');
  });

  it('is known by its place on layouts without Latin letters', () => {
    expect(actionOf(press('з', { code: 'KeyP' }), false, true)).toBe('publish');
    expect(actionOf(press('З', { code: 'KeyP', hasShift: true }), false, true)).toBe('publish_selected');
    expect(actionOf(press('٢', { code: 'Digit2' }), true, true)).toBe('reason:2');
    expect(actionOf(press('é', { code: 'Digit2' }), true, true)).toBe('reason:2');
  });

  it('gives a reason only while one is asked for', () => {
    expect(actionOf(press('1'), true, true)).toBe('reason:1');
    expect(actionOf(press('1'), false, true)).toBeNull();
    expect(actionOf(press('7'), true, true)).toBeNull();
  });

  it('does nothing while somebody writes, with modifiers, and where single keys are turned off', () => {
    expect(actionOf(press('p', { isInField: true }), false, true)).toBeNull();
    expect(actionOf(press('p', { hasModifier: true }), false, true)).toBeNull();
    expect(actionOf(press('p'), false, false)).toBeNull();
    expect(actionOf(press('1'), true, false)).toBeNull();
  });

  it('closes what is open whatever is turned off', () => {
    expect(actionOf(press('Escape'), true, false)).toBe('back');
  });

  it('is left to a button that has the focus where it is Space', () => {
    expect(actionOf(press(' '), false, true)).toBe('select');
    expect(actionOf(press(' ', { isOnControl: true }), false, true)).toBeNull();
  });
});
