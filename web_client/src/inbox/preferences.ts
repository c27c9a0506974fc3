/** What a seller has set for this browser. */
import type { Theme } from '../styles/brand';
import { keptPreferences } from '../ui/preferences';

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

export const { preferences, prefer } = keptPreferences(NAME, read);
