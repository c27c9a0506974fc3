/** Which key does what in the room of complaints. */
import type { KeyTables } from '../../ui/keys';

export type Action = 'next' | 'previous' | 'uphold' | 'reject' | 'keys' | 'back';

export const KEYS: KeyTables<Action> = {
  keys: { j: 'next', k: 'previous', u: 'uphold', r: 'reject', '?': 'keys' },
  afterG: {},
  back: 'back',
};

/** As the window of keys shows them. */
export const ROWS = [
  { keys: ['J'], key: 'next' },
  { keys: ['K'], key: 'previous' },
  { keys: ['U'], key: 'uphold' },
  { keys: ['R'], key: 'reject' },
  { keys: ['Esc'], key: 'back' },
  { keys: ['?'], key: 'help' },
] as const;
