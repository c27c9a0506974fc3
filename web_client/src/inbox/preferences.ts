/** What a seller has set for this browser. */
import type { Theme } from '../styles/brand';
import { isTheme, keptPreferences, readKept } from '../ui/preferences';

export interface Preferences {
  theme: Theme;
  /** Empty: the language that the marketplace knows of this person. */
  locale: string;
  /** Single keys outside of fields. */
  keys: boolean;
  sound: boolean;
  desktop: boolean;
  details: boolean;
  quick: readonly string[] | null;
}

const NAME = 'parley.inbox.preferences';

const DEFAULTS: Preferences = {
  theme: 'auto',
  locale: '',
  keys: true,
  sound: false,
  desktop: false,
  details: true,
  quick: null,
};

/** Reads what is kept, leaving out what is of another kind than it should be. */
export function read(text: string | null): Preferences {
  return readKept(text, DEFAULTS, {
    theme: isTheme,
    quick: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
  });
}

export const { preferences, prefer } = keptPreferences(NAME, read);
