/** The cases that the room holds, and in which order it shows them. Pure. */

/** What is known of every case: a dispute, or a complaint. */
export interface Case {
  readonly id: string;
  readonly revision: number;
  readonly opened_at: number;
  readonly due_at?: number;
  readonly closed_at?: number;
}

/** Whether a case waits for the shop. */
export type Waits<C extends Case> = (one: C) => boolean;

export function isOver({ closed_at: at }: Case): boolean {
  return at !== undefined;
}

/** Each case once; of two with one id that of the higher revision counts, the fresh one where they are alike. */
export function merged<C extends Case>(held: readonly C[], fresh: readonly C[]): C[] {
  const all = new Map(held.map((one) => [one.id, one]));
  for (const one of fresh) {
    if ((all.get(one.id)?.revision ?? 0) <= one.revision) all.set(one.id, one);
  }
  return [...all.values()];
}

/** Those that wait for the shop by what is due first, then the other open ones likewise, then what is over, newest first. */
export function sorted<C extends Case>(cases: readonly C[], waits: Waits<C>): C[] {
  const rank = (one: C): number => (isOver(one) ? 2 : waits(one) ? 0 : 1);
  return [...cases].sort((one, other) => rank(one) - rank(other) || within(one, other) || (one.id < other.id ? -1 : 1));
}

function within(one: Case, other: Case): number {
  if (isOver(one)) return other.opened_at - one.opened_at;
  return (one.due_at ?? Infinity) === (other.due_at ?? Infinity) ? 0 : (one.due_at ?? Infinity) - (other.due_at ?? Infinity);
}
