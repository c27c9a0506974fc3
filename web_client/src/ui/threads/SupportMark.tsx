/** Support has no name of its own: it is the marketplace, and mostly its bot; of what the bot knows nothing, people. */
import type { JSX } from 'preact';

import type { ThreadView } from '../../protocol/generated';
import { isHelp } from '../../state/select';
import { BotIcon, ChatsIcon } from '../parts/icons-first';
import '../parts/avatar.css';

export function SupportMark({ view, size }: { view: ThreadView | undefined; size: number }): JSX.Element {
  const Icon = isHelp(view) ? BotIcon : ChatsIcon;
  return (
    <span class="avatar avatar-square avatar-support" style={{ '--size': `${String(size)}px` }}>
      <Icon size={size / 2} />
    </span>
  );
}
