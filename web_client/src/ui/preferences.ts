/** What a person has set for this browser. Kept here and nowhere else; a browser that keeps nothing has the defaults. */
import { signal, type Signal } from '@preact/signals';

export interface Kept<Preferences extends object> {
  preferences: Signal<Preferences>;
  /** Changes some of them and keeps all. */
  prefer: (change: Partial<Preferences>) => void;
}

/** `read` takes what is kept under this name, which anything may have written; null where nothing is. */
export function keptPreferences<Preferences extends object>(name: string, read: (text: string | null) => Preferences): Kept<Preferences> {
  const preferences = signal(read(kept(name)));
  return {
    preferences,
    prefer: (change) => {
      preferences.value = { ...preferences.value, ...change };
      try {
        localStorage.setItem(name, JSON.stringify(preferences.value));
      } catch {
        // A private window keeps nothing; the choice holds for this visit.
      }
    },
  };
}

/** What is kept, leaving out what is of another kind than it should be; `fits` says of which kind where that is no plain one. */
export function readKept<Preferences extends object>(
  text: string | null,
  defaults: Preferences,
  fits: Partial<Record<keyof Preferences, (value: unknown) => boolean>>,
): Preferences {
  const isFit = ([name, value]: [string, unknown]): boolean => {
    if (!(name in defaults)) return false;
    const key = name as keyof Preferences;
    return fits[key]?.(value) ?? typeof value === typeof defaults[key];
  };
  try {
    const kept: unknown = JSON.parse(text ?? '{}');
    if (typeof kept !== 'object' || kept === null) return defaults;
    return { ...defaults, ...(Object.fromEntries(Object.entries(kept).filter(isFit)) as Partial<Preferences>) };
  } catch {
    return defaults;
  }
}

export function isTheme(value: unknown): boolean {
  return value === 'light' || value === 'dark' || value === 'auto';
}

function kept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}
