/** One star, full or empty. Its shape is Lucide's (see docs/licences.md). */
import type { JSX } from 'preact';

import './stars.css';

export const FIVE = [1, 2, 3, 4, 5] as const;

const SHAPE =
  'M11.525 2.295a.53.53 0 0 1 .95 0l2.31 4.679a2.123 2.123 0 0 0 1.595 1.16l5.166.756a.53.53 0 0 1 .294.904l-3.736 3.638a2.123 2.123 0 0 0-.611 1.878l.882 5.14a.53.53 0 0 1-.771.56l-4.618-2.428a2.122 2.122 0 0 0-1.973 0L6.396 21.01a.53.53 0 0 1-.77-.56l.881-5.139a2.122 2.122 0 0 0-.611-1.879L2.16 9.795a.53.53 0 0 1 .294-.906l5.165-.755a2.122 2.122 0 0 0 1.597-1.16z';

export function StarShape({ size, isOn }: { size: number; isOn: boolean }): JSX.Element {
  return (
    <svg class={isOn ? 'star star-on' : 'star'} viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <path d={SHAPE} />
    </svg>
  );
}
