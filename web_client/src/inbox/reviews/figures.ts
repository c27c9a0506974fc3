/** The numbers of a shop's rating, as the reader's language writes them. */
import { locale } from '../../i18n';
import { intlTag } from '../../i18n/locales';

/** 98.7 %, of tenths of a percent; 98 % where there are none. */
export function percent(perMille: number): string {
  return new Intl.NumberFormat(intlTag(locale.value), { style: 'percent', maximumFractionDigits: 1 }).format(perMille / 1000);
}

/** A mean with one decimal, of its text on the wire. */
export function mean(text: string): string {
  const one = { minimumFractionDigits: 1, maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(intlTag(locale.value), one).format(Number(text));
}

/** A sum that may be below zero: its sign is said. */
export function signed(value: number): string {
  return new Intl.NumberFormat(intlTag(locale.value), { signDisplay: 'exceptZero' }).format(value);
}

/** A date without a time (2026-02-28), as one of the reader's own days. */
export function dayOf(date: string): number {
  return new Date(`${date}T12:00:00`).getTime();
}
