/** Disputes in words: what is asked and offered, and what happens when time runs out. Needs the parts `disputes` and `more` of the catalogs. */
import { formatWhen, has, t } from '../../i18n';
import { formatMoney } from '../../i18n/more';
import type { DisputeView, RemedyView } from '../../protocol/generated';

export type Party = NonNullable<DisputeView['waits_for']>;
export type Side = DisputeView['my_side'];

/** Full refund of €12.50 */
export function remedyText({ kind, amount }: RemedyView): string {
  return t(`dispute.remedy.${kind}`, { amount: amount === undefined ? '' : formatMoney(amount) });
}

export function sameRemedy(one: RemedyView | undefined, other: RemedyView | undefined): boolean {
  return one?.kind === other?.kind && one?.amount?.amount === other?.amount?.amount;
}

/** What happens where nobody does anything, as its reader has to know it; empty where nothing does. */
export function thenText({ then = '', due_at: due, my_side: side, state }: DisputeView): string {
  if (due === undefined) return '';
  const date = formatWhen(due);
  if (state === 'mediation') return t('dispute.then.decided', { date });
  if (then === '') return '';
  const exact = `dispute.then.${then}.${side}`;
  return has(exact) ? t(exact, { date }) : t(`dispute.then.${then}`, { date });
}

/** Whether nothing more can happen. */
export function isOver({ state }: Pick<DisputeView, 'state'>): boolean {
  return state === 'refunded' || state === 'closed_no_refund' || state === 'withdrawn';
}

/** A party as its reader calls it: "You", "The buyer", "The shop", … */
export function partyName(party: Party, side: Side): string {
  return t(party === side ? 'common.you' : `dispute.party.${party}`);
}
