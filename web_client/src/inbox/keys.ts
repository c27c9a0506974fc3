/** Which key does what in the inbox. What an action does is in use-keys.ts. */
import { readKey, type KeyTables, type Press } from '../ui/keys';
import type { Group } from './groups';

export type Action =
  | 'next'
  | 'previous'
  | 'reply'
  | 'archive'
  | 'mute'
  | 'search'
  | 'details'
  | 'help'
  | 'back'
  | 'reviews'
  | 'disputes'
  | 'figures'
  | 'notices'
  | `group:${Group}`;

/** After G. */
export const GROUP_KEYS: Readonly<Record<string, Group>> = {
  n: 'needs_answer',
  w: 'waiting',
  o: 'orders',
  l: 'all',
  a: 'archived',
};

export const TABLES: KeyTables<Action> = {
  keys: {
    j: 'next',
    k: 'previous',
    r: 'reply',
    e: 'archive',
    m: 'mute',
    '/': 'search',
    d: 'details',
    n: 'notices',
    '?': 'help',
  },
  afterG: {
    ...Object.fromEntries(Object.entries(GROUP_KEYS).map(([key, group]): [string, Action] => [key, `group:${group}`])),
    r: 'reviews',
    d: 'disputes',
    f: 'figures',
  },
  back: 'back',
};

/** What a press means; `prefix` where the next key belongs to it, null where it is nobody's business. */
export function actionOf(press: Press, isPrefixed: boolean, areKeysOn: boolean): Action | 'prefix' | null {
  return readKey(press, TABLES, isPrefixed, areKeysOn);
}
