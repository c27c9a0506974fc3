/** A dispute while it is being opened: which step one is at, what it lacks, what is sent. Pure but for the draft. */
import type { DisputeOptions, OpenDispute, ReasonOption } from '../../protocol/generated';
import { wishOf, type Kind, type RemedyDraft } from '../../ui/disputes/remedy';
import type { EvidenceWriting, Form } from '../../ui/disputes/writing';

export const STEPS = ['reason', 'wish', 'evidence', 'summary'] as const;
export type Step = (typeof STEPS)[number];

/** What a step lacks; null where one may go on. */
export type Lack = 'reason' | 'wish' | 'amount' | 'photos' | 'uploads';

export function stepIn(form: Form): Step {
  return STEPS.find((step) => step === form['step']) ?? 'reason';
}

export function reasonIn(form: Form, { reasons }: DisputeOptions): ReasonOption | undefined {
  return reasons.find(({ reason }) => reason === form['reason']);
}

/** Where only one thing may be wished, it is. */
export function remedyIn(form: Form, reason: ReasonOption | undefined): RemedyDraft {
  const wishes: readonly Kind[] = reason?.wishes ?? [];
  const chosen = wishes.find((kind) => kind === form['kind']);
  const kind = chosen ?? (wishes.length === 1 ? wishes[0] : undefined) ?? null;
  return { kind, amount: form['amount'] ?? '' };
}

export function lackOf(step: Step, writing: EvidenceWriting, options: DisputeOptions): Lack | null {
  const form = writing.form.value;
  const reason = reasonIn(form, options);
  if (reason === undefined) return 'reason';
  const remedy = remedyIn(form, reason);
  if (step === 'reason') return null;
  if (remedy.kind === null) return 'wish';
  if (wishOf(remedy, options.line.refundable) === null) return 'amount';
  if (step === 'wish') return null;
  if (reason.photos_needed && !writing.hasPieces.value) return 'photos';
  return writing.isWhole.value ? null : 'uploads';
}

/** What is sent; null while something is missing. */
export function openingOf(writing: EvidenceWriting, options: DisputeOptions): OpenDispute | null {
  const reason = reasonIn(writing.form.value, options);
  const wish = wishOf(remedyIn(writing.form.value, reason), options.line.refundable);
  if (reason === undefined || wish === null || lackOf('summary', writing, options) !== null) return null;
  const body = { reason: reason.reason, wish };
  return { client_key: writing.keyOf(body), ...body, evidence: writing.body() };
}
