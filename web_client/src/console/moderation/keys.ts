/** Which key does what in the moderation room. What an action does is in use-keys.ts. */
import { letterOf } from '../../ui/keys';

export type Action =
  | 'next'
  | 'previous'
  | 'publish'
  | 'refuse'
  | 'select'
  | 'publish_selected'
  | 'refuse_selected'
  | 'undo'
  | 'translate'
  | 'stand'
  | 'hide'
  | 'keys'
  | 'back'
  | `reason:${number}`;

/** What of a KeyboardEvent decides. */
export interface RoomPress {
  key: string;
  code: string;
  hasShift: boolean;
  hasModifier: boolean;
  /** Whether somebody is writing. */
  isInField: boolean;
  /** Whether Space presses what has the focus. */
  isOnControl: boolean;
}

const PLAIN: Readonly<Record<string, Action>> = {
  j: 'next',
  k: 'previous',
  p: 'publish',
  r: 'refuse',
  s: 'select',
  z: 'undo',
  t: 'translate',
  l: 'stand',
  h: 'hide',
};

const SHIFTED: Readonly<Record<string, Action>> = { p: 'publish_selected', r: 'refuse_selected' };

/** `isChoosing`: a reason is being asked for, so that digits mean something. */
export function actionOf(press: RoomPress, isChoosing: boolean, areKeysOn: boolean): Action | null {
  if (press.hasModifier) return null;
  if (press.key === 'Escape') return 'back';
  if (press.isInField || !areKeysOn) return null;
  if (isChoosing) {
    const digit = digitOf(press);
    if (digit !== null) return `reason:${digit}`;
  }
  if (press.key === ' ') return press.isOnControl ? null : 'select';
  const letter = letterOf(press);
  if (letter === '?') return 'keys';
  return (press.hasShift ? SHIFTED : PLAIN)[letter] ?? null;
}

/** By its place where the layout writes other digits, or none. */
function digitOf({ key, code }: RoomPress): number | null {
  const digit = /^[1-6]$/u.exec(key)?.[0] ?? /^(?:Digit|Numpad)([1-6])$/u.exec(code)?.[1];
  return digit === undefined ? null : Number(digit);
}
