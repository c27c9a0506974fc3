/** How the console looks in this browser. */
import type { Theme } from '../styles/brand';
import { keptPreferences } from '../ui/preferences';

export interface Preferences {
  readonly theme: Theme;
  /** Empty: the browser's. */
  readonly locale: string;
}

const NAME = 'parley.console.preferences';
const DEFAULTS: Preferences = { theme: 'auto', locale: '' };

/** Reads what is kept, leaving out what is of another kind than it should be. */
export function read(text: string | null): Preferences {
  try {
    const kept = JSON.parse(text ?? '{}') as Partial<Record<keyof Preferences, unknown>> | null;
    const theme = kept?.theme === 'light' || kept?.theme === 'dark' ? kept.theme : 'auto';
    return { theme, locale: typeof kept?.locale === 'string' ? kept.locale : '' };
  } catch {
    return DEFAULTS;
  }
}

export const { preferences, prefer } = keptPreferences(NAME, read);
