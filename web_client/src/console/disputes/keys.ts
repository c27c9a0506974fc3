/** Which key does what in the room of disputes. */
import type { KeyTables } from '../../ui/keys';

export type Action = 'next' | 'previous' | 'take' | 'propose' | 'decide' | 'write' | 'keys' | 'back';

export const KEYS: KeyTables<Action> = {
  keys: { j: 'next', k: 'previous', t: 'take', p: 'propose', d: 'decide', w: 'write', '?': 'keys' },
  afterG: {},
  back: 'back',
};
