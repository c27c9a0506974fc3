/** What somebody of the staff has set for this browser. */
import type { Theme } from '../styles/brand';
import { isTheme, keptPreferences, readKept } from '../ui/preferences';

export interface Preferences {
  readonly theme: Theme;
  /** Empty: the browser's. */
  readonly locale: string;
  /** Single keys outside of fields. */
  readonly keys: boolean;
  readonly sound: boolean;
  readonly desktop: boolean;
  /** What is known of the customer, beside the conversation. */
  readonly details: boolean;
}

const NAME = 'parley.console.preferences';

const DEFAULTS: Preferences = { theme: 'auto', locale: '', keys: true, sound: true, desktop: false, details: true };

/** Reads what is kept, leaving out what is of another kind than it should be. */
export function read(text: string | null): Preferences {
  return readKept(text, DEFAULTS, { theme: isTheme });
}

export const { preferences, prefer } = keptPreferences(NAME, read);
