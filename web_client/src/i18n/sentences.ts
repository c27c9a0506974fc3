/**
 * From a key to a sentence: placeholders, plurals, the isolation of foreign words. Pure; which catalog is loaded is decided in index.ts.
 */
import { direction, intlTag, type Locale } from './locales';

/** A sentence, or its forms by CLDR plural category, chosen by the parameter `count`. */
export type Entry = string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

export type Catalog = Readonly<Record<string, Entry>>;

export type Params = Readonly<Record<string, string | number>>;

const RIGHT_TO_LEFT_LETTER = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const LEFT_TO_RIGHT_LETTER = /[A-Za-z\u00c0-\u058f]/;
const [ISOLATE, POP] = ['\u2068', '\u2069'];

/** Fills an entry for readers of `locale`. A placeholder without a value stays as it is, so that it is seen. */
export function fill(entry: Entry, params: Params, locale: Locale): string {
  const sentence = typeof entry === 'string' ? entry : chosen(entry, Number(params['count'] ?? 0), locale);
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? new Intl.NumberFormat(intlTag(locale)).format(value) : isolated(value, locale);
  });
}

function chosen(forms: Exclude<Entry, string>, count: number, locale: Locale): string {
  const category = new Intl.PluralRules(intlTag(locale)).select(count);
  return forms[category] ?? forms.other ?? forms.many ?? forms.few ?? '';
}

/** A name that runs the other way must not turn the words around it: it is wrapped in isolating marks. */
function isolated(value: string, locale: Locale): string {
  const foreign = direction(locale) === 'rtl' ? LEFT_TO_RIGHT_LETTER : RIGHT_TO_LEFT_LETTER;
  return foreign.test(value) ? `${ISOLATE}${value}${POP}` : value;
}
