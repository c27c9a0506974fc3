/** What a seller has set for this browser. Kept here and nowhere else; a browser that keeps nothing has the defaults. */
import { signal, type Signal } from '@preact/signals';
import type { Theme } from '../styles/brand';

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
  try {
    const kept: unknown = JSON.parse(text ?? '{}');
    if (typeof kept !== 'object' || kept === null) return DEFAULTS;
    const sound = Object.entries(kept).filter(([name, value]) => fits(name, value));
    return { ...DEFAULTS, ...(Object.fromEntries(sound) as Partial<Preferences>) };
  } catch {
    return DEFAULTS;
  }
}

function fits(name: string, value: unknown): boolean {
  if (name === 'theme') return value === 'light' || value === 'dark' || value === 'auto';
  if (name === 'quick') return Array.isArray(value) && value.every((one) => typeof one === 'string');
  return name in DEFAULTS && typeof value === typeof DEFAULTS[name as keyof Preferences];
}

function kept(): string | null {
  try {
    return localStorage.getItem(NAME);
  } catch {
    return null;
  }
}

export const preferences: Signal<Preferences> = signal(read(kept()));

/** Changes some of them and keeps all. */
export function prefer(change: Partial<Preferences>): void {
  preferences.value = { ...preferences.value, ...change };
  try {
    localStorage.setItem(NAME, JSON.stringify(preferences.value));
  } catch {
    // A private window keeps nothing; the choice holds for this visit.
  }
}
