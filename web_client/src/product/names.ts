/** Names and figures as the reader's language writes them: only those of this page, which waits for each byte. */
import { locale } from '../i18n';
import { date } from '../i18n/formats-more';
import { intlTag } from '../i18n/locales';

export const dateOf = (ms: number): string => date(locale.value, ms, Date.now());

function nameOf(type: 'region' | 'language', code: string): string {
  try {
    return new Intl.DisplayNames(intlTag(locale.value), { type }).of(code) ?? code;
  } catch {
    return code;
  }
}

export const countryName = (code: string): string => nameOf('region', code);

/** As it stands within a sentence. */
export const languageInside = (tag: string): string => nameOf('language', tag);

/** As it stands at the head of a line. */
export function languageName(tag: string): string {
  const name = nameOf('language', tag);
  return name.charAt(0).toLocaleUpperCase(intlTag(locale.value)) + name.slice(1);
}

function figure(value: number, options: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(intlTag(locale.value), options).format(value);
}

/** A mean of stars, which comes as a decimal: 4.0, 4.6 */
export const meanOf = (decimal: string): string => figure(Number(decimal), { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** 98.5%. It came rounded down, and stays so. */
export const percentOf = (perMille: number): string => figure(perMille / 1000, { style: 'percent', maximumFractionDigits: 1 });

/** +12, 0, −3 */
export const scoreOf = (score: number): string => figure(score, { signDisplay: 'exceptZero' });
