/** How long there is in a dispute, and what happens then. */
import type { JSX } from 'preact';

import type { DisputeView } from '../../protocol/generated';
import { TimeLeft } from './TimeLeft';
import { thenText } from './words';

export interface CountdownProps {
  view: DisputeView;
  /** How far this device's clock is behind the server's, in milliseconds. */
  skew: number;
  /** Only how long: for lists. */
  compact?: boolean;
}

/** Nothing where nothing is due, or only somebody who works here is alarmed. */
export function Countdown({ view, skew, compact = false }: CountdownProps): JSX.Element | null {
  const { due_at: due, state, waits_for: waits, my_side: side } = view;
  if (due === undefined || state === 'refund_pending') return null;
  // Who is not waited for loses nothing by it.
  const isCalm = waits !== undefined && waits !== side;
  return <TimeLeft due={due} skew={skew} calm={isCalm} then={compact ? undefined : thenText(view)} />;
}
