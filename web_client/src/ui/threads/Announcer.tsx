/** Says new messages of the other side aloud, for those who listen to the screen. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import { otherName } from '../../state/select';
import { useClient } from '../client';
import { preview } from './preview';

export function Announcer({ threadId }: { threadId: string }): JSX.Element {
  const client = useClient();
  const said = useSignal('');

  useEffect(
    () =>
      client.listen({
        received: (message, view) => {
          if (view.id === threadId) said.value = `${otherName(view)}: ${preview(message)}`;
        },
      }),
    [client, threadId, said],
  );

  return (
    <p class="unseen" aria-live="polite">
      {said.value}
    </p>
  );
}
