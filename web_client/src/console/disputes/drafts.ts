/** What a mediator writes: a remedy with its reasons, and what is still missing in it. */
import type { DisputeView } from '../../protocol/generated';
import { codePoints } from '../../protocol/texts';
import { amountFault, NO_REMEDY, type Kind, type RemedyDraft } from '../../ui/disputes/remedy';

export interface Draft {
  readonly remedy: RemedyDraft;
  readonly text: string;
}

export const EMPTY_DRAFT: Draft = { remedy: NO_REMEDY, text: '' };

/** Reasons are a sentence at least. */
export const LEAST_REASONS = 20;
export const MOST_WORDS = 4_000;

/** Goods go back once, and only those that came. */
export function kindsOf(dispute: Pick<DisputeView, 'reason' | 'returning'>, mayRefuse: boolean): readonly Kind[] {
  const mayReturn = dispute.reason !== 'not_received' && dispute.returning?.contested !== true;
  return ['full', 'partial', ...(mayReturn ? (['return'] as const) : []), ...(mayRefuse ? (['none'] as const) : [])];
}

export type Missing = 'kind' | 'amount' | 'reasons' | 'too_long';

/** What keeps a decision, or a proposal (which may go without words), from being sent. */
export function missing({ remedy, text }: Draft, { line }: Pick<DisputeView, 'line'>, needsReasons: boolean): Missing | null {
  if (remedy.kind === null) return 'kind';
  if (remedy.kind === 'partial' && amountFault(remedy.amount, line.refundable) !== null) return 'amount';
  return missingWords(text, needsReasons);
}

export function missingWords(text: string, needsReasons = true): 'reasons' | 'too_long' | null {
  if (needsReasons && codePoints(text.trim()) < LEAST_REASONS) return 'reasons';
  return codePoints(text) > MOST_WORDS ? 'too_long' : null;
}
