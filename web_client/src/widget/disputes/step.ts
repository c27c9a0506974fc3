/** What a step of the buyer needs, and within which bounds. */
import type { DisputeView, RemedyView } from '../../protocol/generated';
import type { ThreadEvent } from '../../state/model';
import { unitsOf, wishOf, type Kind, type RemedyDraft } from '../../ui/disputes/remedy';
import type { EvidenceWriting, Form } from '../../ui/disputes/writing';
import type { Act } from './acts';

export type Lack = 'wish' | 'amount' | 'evidence' | 'tracking' | 'uploads';

const SIZES: Readonly<Record<Kind, number>> = { full: 3, return: 2, partial: 1, none: 0 };

export function remedyIn(form: Form): RemedyDraft {
  const kind = (['full', 'partial', 'return'] as const).find((one) => one === form['kind']) ?? null;
  return { kind, amount: form['amount'] ?? '' };
}

/** Nobody may ask for more than he did at first, nor for more than is left. */
export function mostOf({ asked, line }: DisputeView): NonNullable<RemedyView['amount']> {
  const { amount } = asked;
  if (amount === undefined) return line.refundable;
  return unitsOf(amount.amount) < unitsOf(line.refundable.amount) ? amount : line.refundable;
}

/** The whole is only asked for where it was asked for at first; goods that did not come do not go back, nor do they twice. */
export function kindsOf(act: Act, view: DisputeView): Kind[] {
  const { asked, reason, returning, line } = view;
  const isWhole = asked.amount !== undefined && unitsOf(asked.amount.amount) >= unitsOf(line.refundable.amount);
  const goesBack = reason !== 'not_received' && returning?.contested !== true;
  return (['full', 'partial', 'return'] as const).filter((kind) => {
    if (kind === 'partial') return act !== 'reopen' || reason !== 'not_received';
    if (act === 'reopen' && SIZES[kind] > SIZES[asked.kind]) return false;
    return isWhole && (kind === 'full' || goesBack);
  });
}

/** Whether a withdrawal would be the last word: once a mediator has it, and where it was opened again already. */
export function endsForEver({ state }: DisputeView, events: readonly ThreadEvent[]): boolean {
  return state === 'mediation' || events.some((event) => event.kind === 'state' && event.code === 'dispute.reopened');
}

/** What is missing; null where it may go. */
export function lackOf(act: Act, view: DisputeView, writing: EvidenceWriting): Lack | null {
  const form = writing.form.value;
  if (act === 'ship') return ['carrier', 'tracking'].every((name) => (form[name] ?? '').trim() !== '') ? null : 'tracking';
  if (act === 'counter' || act === 'reopen') {
    const remedy = remedyIn(form);
    if (remedy.kind === null) return 'wish';
    if (wishOf(remedy, mostOf(view)) === null) return 'amount';
  }
  if (act === 'evidence' && writing.isEmpty.value) return 'evidence';
  return writing.isWhole.value ? null : 'uploads';
}
