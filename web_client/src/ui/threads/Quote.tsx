/** The message that another one answers, in one line; a press goes there. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { Message } from '../../state/model';
import { isMine } from '../../state/select';
import { messageAt } from '../../state/timeline';
import { useClient } from '../client';
import { authorName } from './author';
import { preview } from './preview';
import { useTalk } from './talk';

export function Quote({ seq }: { seq: number }): JSX.Element {
  const client = useClient();
  const talk = useTalk();
  const timeline = client.chat.value.threads.get(talk.threadId)?.timeline ?? null;
  const message = timeline === null ? null : messageAt(timeline, seq);
  return (
    <button
      type="button"
      class="quote"
      onClick={() => {
        talk.wanted.value = seq;
      }}
    >
      {message === null ? t('message.reply_missing') : <Quoted message={message} />}
    </button>
  );
}

/** Who said it and the beginning of what. */
export function Quoted({ message }: { message: Message }): JSX.Element {
  const client = useClient();
  const talk = useTalk();
  const name = isMine(message, client.chat.value.me?.id) ? t('common.you') : authorName(message, talk.otherName.value);
  return (
    <>
      <span class="quote-name clip" dir="auto">
        {name}
      </span>
      <span class="quote-text clip" dir="auto">
        {preview(message)}
      </span>
    </>
  );
}
