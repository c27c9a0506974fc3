/** Under an own message with contact data in it: that they were hidden, or why they had better stay away. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { Message } from '../../state/model';
import { contactsAt } from '../../state/contacts';
import { useClient } from '../client';
import { ShieldCheckIcon } from '../parts/icons';
import { useTalk } from './talk';

export function ContactsLine({ message }: { message: Message }): JSX.Element | null {
  const client = useClient();
  const talk = useTalk();
  const found = contactsAt(client.contacts.value, talk.threadId, message.seq);
  if (found === null || message.withdrawn === true) return null;
  return (
    <p class="bubble-foot bubble-foot-contacts">
      <ShieldCheckIcon size={14} />
      <span>{t(`message.contacts.${found}`)}</span>
    </p>
  );
}
