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

function kept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}
