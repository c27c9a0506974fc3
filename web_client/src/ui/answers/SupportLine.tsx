/** Of a conversation with support, in a list: who answers, or where in the queue one stands. */
import type { JSX } from 'preact';

import type { ThreadView } from '../../protocol/generated';
import { useLobby } from '../lobby';
import { placeText, supportNote } from './note';

export function SupportLine({ view }: { view: ThreadView }): JSX.Element | null {
  const { queue = null } = useLobby().chat.value.threads.get(view.id) ?? {};
  const note = supportNote(view);
  if (note === undefined) return null;
  return (
    <span class="support-line clip figures" dir="auto">
      {view.state === 'queued' && queue !== null ? placeText(queue.position) : note}
    </span>
  );
}
