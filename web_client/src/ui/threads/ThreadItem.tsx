/** One conversation in a list: with whom, about what, what was said last, how much is new. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { ThreadView } from '../../protocol/generated';
import { otherName, subjectOf } from '../../state/select';
import { useLobby } from '../lobby';
import { Count } from '../parts/Count';
import { AlertIcon, BellOffIcon } from '../parts/icons-first';
import { RelativeTime } from '../parts/RelativeTime';
import { preview } from './preview';
import { SubjectPicture } from './SubjectPicture';
import './thread-item.css';

export interface ThreadItemProps {
  view: ThreadView;
  /** Shown beside the list. */
  current?: boolean;
  onOpen: (view: ThreadView) => void;
  /** What a screen wants to add at the end of the second line, such as a countdown. */
  aside?: JSX.Element | null;
}

export function ThreadItem({ view, current = false, onOpen, aside = null }: ThreadItemProps): JSX.Element {
  const unread = view.unread ?? 0;
  const look = `thread-item${unread > 0 ? ' thread-item-new' : ''}${current ? ' thread-item-current' : ''}`;
  return (
    <button
      type="button"
      class={look}
      aria-current={current ? 'true' : undefined}
      onClick={() => {
        onOpen(view);
      }}
    >
      <SubjectPicture view={view} size={44} />
      <span class="thread-item-words">
        <span class="thread-item-line">
          <span class="thread-item-name clip" dir="auto">
            {otherName(view)}
          </span>
          {view.muted === true && <BellOffIcon size={13} />}
          <RelativeTime at={view.last_at} class="thread-item-time" />
        </span>
        <span class="thread-item-line">
          <span class="thread-item-subject clip" dir="auto">
            {subject(view)}
          </span>
          {aside}
        </span>
        <span class="thread-item-line">
          <Said view={view} />
          <Count count={unread} label={t('list.unread', { count: unread })} quiet={view.muted === true} />
        </span>
      </span>
    </button>
  );
}

function subject(view: ThreadView): string {
  const words = view.order === undefined ? '' : t('list.order', { number: view.order.number });
  return [words, subjectOf(view)].filter((part) => part !== '').join(' · ');
}

/** What was said last, or what is still unsaid: a message that was not sent goes before a draft, a draft before the rest. */
function Said({ view }: { view: ThreadView }): JSX.Element {
  const lobby = useLobby();
  const isRefused = lobby.letters.value.some(({ threadId, refused }) => threadId === view.id && refused !== undefined);
  if (isRefused) {
    return (
      <span class="thread-item-said thread-item-failed clip">
        <AlertIcon size={13} /> {t('list.failed')}
      </span>
    );
  }
  const draft = lobby.drafts.value?.read(view.id).text.trim() ?? '';
  return (
    <span class={`thread-item-said clip${draft === '' ? '' : ' thread-item-draft'}`} dir="auto">
      {draft === '' ? lastWords(view, lobby.chat.value.me?.id) : t('list.draft', { text: draft })}
    </span>
  );
}

function lastWords(view: ThreadView, me: string | undefined): string {
  if (view.last === undefined) return t('list.no_messages');
  const words = preview(view.last);
  const isMine = view.last.author !== undefined && view.last.author === me;

  return isMine ? t('list.you', { text: words }) : words;
}
