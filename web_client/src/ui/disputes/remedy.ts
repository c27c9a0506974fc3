/** A remedy while it is chosen: its kind, and of a part the amount as it is typed. Amounts never become floats on their way. */
import type { RemedyView, WishBody } from '../../protocol/generated';

export type Kind = RemedyView['kind'];
type Money = NonNullable<RemedyView['amount']>;

export interface RemedyDraft {
  /** Null: nothing is chosen. */
  readonly kind: Kind | null;
  /** As it is typed. */
  readonly amount: string;
}

export const NO_REMEDY: RemedyDraft = { kind: null, amount: '' };

/** Amounts are counted in ten-thousandths, as the server does. */
const UNITS = 10_000;

/** An amount as the wire carries it, or null where it is none: Arabic digits and a comma are understood. */
export function readAmount(typed: string, currency: string): string | null {
  const latin = typed.replace(/[٠-٩]/gu, (digit) => String(digit.charCodeAt(0) - 0x660)).replace(/[\s\u00a0]/gu, '').replace(/[,٫]/u, '.');
  const found = /^(\d{1,9})(?:\.(\d{0,4}))?$/u.exec(latin);
  if (found === null) return null;
  const [, whole = '', part = ''] = found;
  if (part.replace(/0+$/u, '').length > digitsOf(currency)) return null;
  return part === '' ? whole : `${whole}.${part}`;
}

/** How many digits a currency has behind the point. */
export function digitsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

export function unitsOf(amount: string): number {
  const [whole = '0', part = ''] = amount.split('.');
  return Number(whole) * UNITS + Number(part.padEnd(4, '0').slice(0, 4));
}

export type AmountFault = 'missing' | 'bad' | 'high';

/** Why a part may not be so much; null where it may. */
export function amountFault(typed: string, most: Money): AmountFault | null {
  if (typed.trim() === '') return 'missing';
  const amount = readAmount(typed, most.currency);
  if (amount === null || unitsOf(amount) === 0) return 'bad';
  return unitsOf(amount) > unitsOf(most.amount) ? 'high' : null;
}

/** The remedy as the server takes it; null while it is not whole. */
export function wishOf({ kind, amount }: RemedyDraft, most: Money): WishBody | null {
  if (kind === null) return null;
  if (kind !== 'partial') return { kind };
  const read = readAmount(amount, most.currency);
  return read === null || amountFault(amount, most) !== null ? null : { kind, amount: { amount: read, currency: most.currency } };
}

/** The remedy as it will be shown; null while it is not whole. */
export function remedyOf(draft: RemedyDraft, most: Money): RemedyView | null {
  const wish = wishOf(draft, most);
  if (wish === null || wish.kind === 'none') return wish;
  return { kind: wish.kind, amount: wish.amount ?? most };
}

/** A remedy that is named again, so that no other one is accepted by mistake. */
export function bodyOf({ kind, amount }: RemedyView): WishBody {
  return kind === 'partial' && amount !== undefined ? { kind, amount } : { kind };
}
