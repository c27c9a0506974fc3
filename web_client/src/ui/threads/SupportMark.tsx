/** Support has no name of its own: it is the marketplace, and mostly its bot. */
import type { JSX } from 'preact';

import { BotIcon } from '../parts/icons-first';
import '../parts/avatar.css';

export function SupportMark({ size }: { size: number }): JSX.Element {
  return (
    <span class="avatar avatar-square avatar-support" style={{ '--size': `${String(size)}px` }}>
      <BotIcon size={size / 2} />
    </span>
  );
}
