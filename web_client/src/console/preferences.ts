/** How the console looks in this browser. Kept here and nowhere else. */
import { signal, type Signal } from '@preact/signals';

import type { Theme } from '../styles/brand';

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

function kept(): string | null {
  try {
    return localStorage.getItem(NAME);
  } catch {
    return null;
  }
}

export const preferences: Signal<Preferences> = signal(read(kept()));

export function prefer(change: Partial<Preferences>): void {
  preferences.value = { ...preferences.value, ...change };
  try {
    localStorage.setItem(NAME, JSON.stringify(preferences.value));
  } catch {
    // A private window keeps nothing; the choice holds for this visit.
  }
}
