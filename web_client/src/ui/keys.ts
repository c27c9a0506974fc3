/** Single keys of a screen: what of a press decides, and a pure reader for its tables. What an action does is the screen's. */

/** What of a KeyboardEvent decides. */
export interface Press {
  key: string;
  /** The place of the key: for layouts without Latin letters. */
  code: string;
  hasModifier: boolean;
  /** Whether somebody is writing. */
  isInField: boolean;
}

export interface KeyTables<Action extends string> {
  keys: Readonly<Record<string, Action>>;
  /** After G. */
  afterG: Readonly<Record<string, Action>>;
  back: Action;
}

/** How long G waits for its letter: for slow hands and slow machines, too. */
export const PREFIX_MS = 5_000;

/** What a press means; `prefix` where the next key belongs to it, null where it is nobody's business. */
export function readKey<Action extends string>(
  press: Press,
  { keys, afterG, back }: KeyTables<Action>,
  isPrefixed: boolean,
  areKeysOn: boolean,
): Action | 'prefix' | null {
  if (press.hasModifier) return null;
  if (press.key === 'Escape') return back;
  if (press.isInField || !areKeysOn) return null;
  const key = letterOf(press);
  if (isPrefixed) return afterG[key] ?? null;
  return key === 'g' ? 'prefix' : (keys[key] ?? null);
}

/** The Latin letter of a key: what it writes, or on a Cyrillic or Arabic layout what stands at its place. */
export function letterOf({ key, code }: Pick<Press, 'key' | 'code'>): string {
  if (/^[a-z?/]$/i.test(key)) return key.toLowerCase();
  if (/^Key[A-Z]$/.test(code)) return code.slice(3).toLowerCase();
  return key === '؟' ? '?' : key;
}
