/** Says new messages of the other side aloud, and what became of one's own, for those who listen to the screen. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import { t } from '../../i18n';
import type { Message } from '../../state/model';
import { otherName } from '../../state/select';
import { useClient } from '../client';
import { authorName } from './author';
import { preview } from './preview';

export function Announcer({ threadId }: { threadId: string }): JSX.Element {
  const client = useClient();
  const said = useSignal('');

  useEffect(
    () =>
      client.listen({
        received: (message, view) => {
          if (view.id === threadId) said.value = `${authorName(message, otherName(view))}: ${wordsOf(message)}`;
        },
        screened: (thread, found) => {
          if (thread === threadId) said.value = t(`message.contacts.${found}`);
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

/** An answer is said in full, with what may be chosen: nobody should have to look for it. */
function wordsOf(message: Message): string {
  if (message.card === undefined) return preview(message);
  return [message.text ?? '', ...(message.card.choices ?? []).map(({ label }) => label)].join(' ');
}
