/** From the events of a dispute's thread to its steps, each with what was put in with it. */
import type { EvidenceView } from '../../protocol/generated';
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
