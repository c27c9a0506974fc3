/** From the events of a dispute's thread to its steps, each with what was put in with it. */
import { has, t, type MessageKey } from '../../i18n';
import type { EvidenceView, RemedyView } from '../../protocol/generated';
import type { ThreadEvent } from '../../state/model';

type StepEvent = Extract<ThreadEvent, { kind: 'state' }>;

export interface Step {
  readonly event: StepEvent;
  readonly pieces: readonly EvidenceView[];
}

const CODE = 'dispute.';

/** A piece belongs to the step of its party that is nearest in time: both were written in one go. */
export function stepsOf(events: readonly ThreadEvent[], evidence: readonly EvidenceView[]): Step[] {
  const steps = events.filter((event): event is StepEvent => event.kind === 'state' && event.code.startsWith(CODE));
  const placed = new Map<number, EvidenceView[]>();
  for (const piece of evidence) {
    const own = steps.filter(({ params }) => params?.['by'] === piece.by);
    const [nearest] = own.sort((one, other) => Math.abs(one.at - piece.at) - Math.abs(other.at - piece.at));
    if (nearest !== undefined) placed.set(nearest.seq, [...(placed.get(nearest.seq) ?? []), piece]);
  }
  return steps.map((event) => ({ event, pieces: (placed.get(event.seq) ?? []).sort(byTime) }));
}

/** Messages in the order in which they were said. */
export function byTime(one: EvidenceView, other: EvidenceView): number {
  return (one.said_at ?? one.at) - (other.said_at ?? other.at);
}

/** The most exact sentence that there is for a step. */
export function stepText({ code, params = {} }: StepEvent): string {
  const keys = [`event.${code}.${params['by'] ?? ''}`, `event.${code}`];
  const found = keys.find((key) => has(key));
  return found !== undefined && has(found) ? t(found, params) : t('event.unknown');
}

/** What a step speaks of: what was asked, offered or decided. */
export function remedyIn({ params = {} }: StepEvent): RemedyView | null {
  const { kind, amount, currency } = params;
  if (kind !== 'full' && kind !== 'partial' && kind !== 'return' && kind !== 'none') return null;
  return amount === undefined || currency === undefined ? { kind } : { kind, amount: { amount, currency } };
}

/** What happened, where a step says it; null where it does not. */
export function reasonIn({ params = {} }: StepEvent): MessageKey | null {
  const key = `dispute.reason.${params['reason'] ?? ''}`;
  return has(key) ? key : null;
}
