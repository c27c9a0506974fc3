/** Macros while they are written. Pure. */
import type { MacroStep } from '../../protocol/generated';

export type Kind = MacroStep['kind'];

export const KINDS: readonly Kind[] = ['reply', 'note', 'label', 'unlabel', 'priority', 'assign', 'transfer', 'snooze', 'resolve'];

/** A step with a name of its own, which it keeps while it is moved. */
export interface Step {
  readonly key: number;
  readonly kind: Kind;
  readonly value: string;
}

/** What the steps of a macro may point to. */
export interface Choices {
  readonly labels: readonly { slug: string; name: string }[];
  readonly teams: readonly { id: string; name: string }[];
  readonly agents: readonly { id: string; name: string }[];
}

/** Minutes that a thread is mostly put off. */
export const SNOOZES: readonly number[] = [60, 240, 1440, 3 * 1440, 7 * 1440];

export const PRIORITIES = ['2', '1', '0', '-1'] as const;

/** Of `assign`: to whoever uses the macro. */
export const ME = 'me';

let lastKey = 0;

export function step(kind: Kind, value: string): Step {
  lastKey += 1;
  return { key: lastKey, kind, value };
}

/** What a step of a kind begins with. */
export function firstValue(kind: Kind, { labels, teams }: Choices): string {
  switch (kind) {
    case 'label':
    case 'unlabel':
      return labels[0]?.slug ?? '';
    case 'priority':
      return '1';
    case 'assign':
      return ME;
    case 'transfer':
      return teams[0]?.id ?? '';
    case 'snooze':
      return String(SNOOZES[2]);
    case 'reply':
    case 'note':
    case 'resolve':
      return '';
  }
}

/** The steps with one of them a place further up or down. */
export function shifted(steps: readonly Step[], at: number, by: -1 | 1): Step[] {
  const [one, other] = [steps[at], steps[at + by]];
  if (one === undefined || other === undefined) return [...steps];
  return steps.map((same, index) => (index === at ? other : index === at + by ? one : same));
}
