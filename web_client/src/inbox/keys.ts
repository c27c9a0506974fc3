/** Which key does what in the inbox. A table and a pure reader; what an action does is in desk.ts. */
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
  | `group:${Group}`;

/** What of a KeyboardEvent decides. */
export interface Press {
  key: string;
  /** The place of the key: for layouts without Latin letters. */
  code: string;
  hasModifier: boolean;
  /** Whether somebody is writing. */
  isInField: boolean;
}

export const KEYS: Readonly<Record<string, Action>> = {
  j: 'next',
  k: 'previous',
  r: 'reply',
  e: 'archive',
  m: 'mute',
  '/': 'search',
  d: 'details',
  '?': 'help',
};

/** After G. */
export const GROUP_KEYS: Readonly<Record<string, Group>> = {
  n: 'needs_answer',
  w: 'waiting',
  o: 'orders',
  l: 'all',
  a: 'archived',
};

/** How long G waits for its letter. */
export const PREFIX_MS = 1_500;

/** What a press means; `prefix` where the next key belongs to it, null where it is nobody's business. */
export function actionOf(press: Press, isPrefixed: boolean, areKeysOn: boolean): Action | 'prefix' | null {
  if (press.hasModifier) return null;
  if (press.key === 'Escape') return 'back';
  if (press.isInField || !areKeysOn) return null;
  const key = letterOf(press);
  if (isPrefixed) {
    const group = GROUP_KEYS[key];
    return group === undefined ? null : `group:${group}`;
  }
  return key === 'g' ? 'prefix' : (KEYS[key] ?? null);
}

/** The Latin letter of a key: what it writes, or on a Cyrillic or Arabic layout what stands at its place. */
function letterOf({ key, code }: Press): string {
  if (/^[a-z?/]$/i.test(key)) return key.toLowerCase();
  if (/^Key[A-Z]$/.test(code)) return code.slice(3).toLowerCase();
  return key === '؟' ? '?' : key;
}
