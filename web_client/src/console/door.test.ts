import { expect, test } from 'vitest';

import { linkIn, takeLink } from './door';

test('a mailed link says what it is for', () => {
  expect(linkIn('#invite=abc-DEF_123')).toEqual({ kind: 'invite', token: 'abc-DEF_123' });
  expect(linkIn('#reset=abc')).toEqual({ kind: 'reset', token: 'abc' });
});

test.each(['', '#', '#invite=', '#/t/0123456789abcdef', '#token=abc'])('%j is no mailed link', (hash) => {
  expect(linkIn(hash)).toBeNull();
});

test('the secret does not stay in the address', () => {
  location.hash = '#reset=abc';

  expect(takeLink()).toEqual({ kind: 'reset', token: 'abc' });

  expect(location.href).not.toContain('abc');
  expect(takeLink()).toBeNull();
});

test('what is no mailed link stays where it is', () => {
  location.hash = '#/t/0123456789abcdef';

  expect(takeLink()).toBeNull();

  expect(location.hash).toBe('#/t/0123456789abcdef');
});
