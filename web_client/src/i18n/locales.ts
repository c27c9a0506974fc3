/** Which languages there are and how a wish becomes one of them. No sentences here. */

export const LOCALES = ['en', 'ru', 'ro', 'ar', 'es'] as const;

export type Locale = (typeof LOCALES)[number];

/** Each language in its own words, for choosers. */
export const LOCALE_NAMES: Record<Locale, string> = {
  en: 'English',
  ru: 'Русский',
  ro: 'Română',
  ar: 'العربية',
  es: 'Español',
};

/** What `Intl` is asked for. Arabic keeps Latin digits: order numbers, prices and the server's sentences have them too. */
const TAGS: Record<Locale, string> = { en: 'en', ru: 'ru', ro: 'ro', ar: 'ar-u-nu-latn', es: 'es' };

const RIGHT_TO_LEFT: ReadonlySet<Locale> = new Set<Locale>(['ar']);

/** Languages whose readers are better served by another of ours than by English. */
const NEIGHBOURS: Readonly<Record<string, Locale>> = { mo: 'ro', be: 'ru', kk: 'ru', ca: 'es', gl: 'es' };

/** The first of the wished tags that we have, by its language; English where there is none. */
export function nearest(...wished: readonly (string | null | undefined)[]): Locale {
  for (const tag of wished) {
    const language = (tag ?? '').toLowerCase().split(/[-_]/)[0] ?? '';
    const found = LOCALES.find((locale) => locale === language) ?? NEIGHBOURS[language];
    if (found) return found;
  }
  return 'en';
}

export function intlTag(locale: Locale): string {
  return TAGS[locale];
}

export function direction(locale: Locale): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(locale) ? 'rtl' : 'ltr';
}
