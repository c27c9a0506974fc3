import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { prefixOf } from './traces';
import { forgetVisitor, keepVisitor, keptVisitor, visitorSpoke } from './visitor-keep';

const VISITOR = { token: 'secret', id: '0000000000000701', saidAt: 0 };

beforeEach(() => {
  localStorage.clear();
});

afterEach(() => {
  vi.restoreAllMocks();
  forgetVisitor();
});

it('lasts, and knows when he last said something', () => {
  expect(keptVisitor()).toBeNull();
  visitorSpoke(5);
  expect(keptVisitor()).toBeNull();

  keepVisitor(VISITOR);
  visitorSpoke(1000);

  expect(keptVisitor()).toEqual({ ...VISITOR, saidAt: 1000 });
});

it('is forgotten with what he left unsent, and takes nothing of a buyer along', () => {
  const [his, hers] = [`${prefixOf(VISITOR.id)}out:1`, `${prefixOf('0000000000000101')}out:2`];
  localStorage.setItem(his, 'x');
  localStorage.setItem(hers, 'y');
  keepVisitor(VISITOR);

  forgetVisitor();

  expect(keptVisitor()).toBeNull();
  expect(localStorage.getItem(his)).toBeNull();
  expect(localStorage.getItem(hers)).toBe('y');
});

it('lasts as long as the page where the browser keeps nothing', () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new Error('refused');
  });

  keepVisitor(VISITOR);

  expect(keptVisitor()).toEqual(VISITOR);
});

it('is nobody where what was kept is no visitor', () => {
  localStorage.setItem(`${prefixOf('visitor')}kept`, '{');

  expect(keptVisitor()).toBeNull();
});
