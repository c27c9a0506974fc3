import { expect, it } from 'vitest';

import { LISTS } from '../../state/desk-lists';
import { readKey } from '../../ui/keys';
import { LIST_KEYS, TABLES } from './keys';

const press = (key: string): Parameters<typeof readKey>[0] => ({ key, code: '', hasModifier: false, isInField: false });

it.each([
  ['j', 'next'],
  ['k', 'previous'],
  ['r', 'reply'],
  ['n', 'note'],
  ['e', 'resolve'],
  ['a', 'assign'],
  ['t', 'transfer'],
  ['/', 'search'],
  ['?', 'help'],
])('reads %s', (key, action) => {
  expect(readKey(press(key), TABLES, false, true)).toBe(action);
  expect(readKey(press(key), TABLES, false, false)).toBe(null);
});

it('goes to every list after G', () => {
  expect(Object.values(LIST_KEYS).sort()).toEqual([...LISTS].sort());
  expect(readKey(press('u'), TABLES, true, true)).toBe('list:unassigned');
});
