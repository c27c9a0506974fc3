/** Which key does what at the desk. What an action does is in use-keys.ts. */
import type { KeyTables } from '../../ui/keys';
import type { ListName } from '../../state/desk-lists';

export type Action =
  | 'next'
  | 'previous'
  | 'reply'
  | 'note'
  | 'resolve'
  | 'assign'
  | 'transfer'
  | 'claim'
  | 'snooze'
  | 'details'
  | 'search'
  | 'help'
  | 'back'
  | `list:${ListName}`;

/** After G. */
export const LIST_KEYS: Readonly<Record<string, ListName>> = {
  m: 'mine',
  u: 'unassigned',
  a: 'all',
  s: 'snoozed',
  r: 'resolved',
  b: 'bot',
};

export const TABLES: KeyTables<Action> = {
  keys: {
    j: 'next',
    k: 'previous',
    r: 'reply',
    n: 'note',
    e: 'resolve',
    a: 'assign',
    t: 'transfer',
    c: 'claim',
    s: 'snooze',
    d: 'details',
    '/': 'search',
    '?': 'help',
  },
  afterG: Object.fromEntries(Object.entries(LIST_KEYS).map(([key, list]): [string, Action] => [key, `list:${list}`])),
  back: 'back',
};
