/** Which message is being answered or changed, above the text. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { isMine } from '../../state/select';
import { useClient } from '../client';
import { IconButton } from '../parts/Button';
import { PencilIcon, ReplyIcon, XIcon } from '../parts/icons';
import { preview } from '../threads/preview';
import { useTalk } from '../threads/talk';

export function ContextBar({ onCancelEdit }: { onCancelEdit: () => void }): JSX.Element | null {
  const client = useClient();
  const talk = useTalk();
  const editing = talk.editing.value;
  const message = editing ?? talk.replyTo.value;
  if (message === null) return null;
  const name = isMine(message, client.chat.value.me?.id) ? t('common.you') : talk.otherName.value;
  const Icon = editing === null ? ReplyIcon : PencilIcon;
  const cancel = (): void => {
    if (editing === null) talk.replyTo.value = null;
    else onCancelEdit();
  };
  return (
    <div class="context-bar">
      <Icon size={16} />
      <div class="context-words">
        <p class="context-title clip">{editing === null ? t('composer.replying', { name }) : t('composer.editing')}</p>
        <p class="clip quiet" dir="auto">
          {preview(message)}
        </p>
      </div>
      <IconButton icon={XIcon} size="s" label={t(editing === null ? 'composer.cancel_reply' : 'composer.cancel_edit')} onClick={cancel} />
    </div>
  );
}
