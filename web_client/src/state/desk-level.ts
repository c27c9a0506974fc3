/** The service level of a thread: what is promised until when, and how near that is. Pure. */
import type { DeskThread } from '../protocol/generated';

/** `soon`: the last quarter of the time has begun; `late`: it is over. */
export type Urgency = 'calm' | 'soon' | 'late';

export interface Level {
  /** The first answer, or the end. */
  readonly kind: 'first' | 'resolve';
  readonly due: number;
  readonly urgency: Urgency;
}

const SOON_SHARE = 0.25;

/** What is promised next; null where nothing is. A first answer goes before the end. */
export function levelOf(row: DeskThread, now: number): Level | null {
  if (row.state === 'resolved' || row.state === 'bot') return null;
  const kind = row.first_due === undefined ? 'resolve' : 'first';
  const due = row.first_due ?? row.resolve_due;
  if (due === undefined) return null;
  return { kind, due, urgency: urgencyOf(row.queued_at ?? row.assigned_at ?? row.created_at, due, now) };
}

/** How near an end is, of a time that began at `from`. */
export function urgencyOf(from: number, due: number, now: number): Urgency {
  if (now >= due) return 'late';
  return due - now <= (due - from) * SOON_SHARE ? 'soon' : 'calm';
}
