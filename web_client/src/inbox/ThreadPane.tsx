/** The conversation that is open, under its head; or what to do where none is. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import type { ThreadView as View } from '../protocol/generated';
import { typingSide } from '../state/progress';
import { isSupport, otherName } from '../state/select';
import { QueueLine } from '../ui/answers/QueueLine';
import '../ui/parts/avatar-dot.css';
import { BackButton } from '../ui/parts/BackButton';
import { IconButton } from '../ui/parts/Button';
import { EmptyState } from '../ui/parts/EmptyState';
import { ArchiveIcon, ArchiveRestoreIcon, InboxIcon, InfoIcon } from '../ui/parts/icons';
import { ThreadMenu } from '../ui/threads/ThreadMenu';
import { ThreadView } from '../ui/threads/ThreadView';
import { archiveOpen } from './archive';
import { useDesk } from './desk-context';
import { Due } from './Due';
import { InDispute } from './InDispute';
import { preferences } from './preferences';
import { QuickButton } from './QuickReplies';
import { HELP } from './support';
import { Face, Topic } from './ThreadRow';
import './thread-pane.css';

export interface ThreadPaneProps {
  isNarrow: boolean;
  isWide: boolean;
}

export function ThreadPane({ isNarrow, isWide }: ThreadPaneProps): JSX.Element {
  const desk = useDesk();
  const place = desk.place.value;
  const view = desk.open.value ?? undefined;
  if (place === null) {
    return <EmptyState icon={InboxIcon} title={t('inbox.none_open')} text={t('inbox.none_open.text')} />;
  }
  const thread = desk.client.chat.value.threads.get(place.id);
  return (
    <>
      <p class="unseen" role="status">
        {view && t('thread.messages', { name: otherName(view) })}
      </p>
      {view ? <Head view={view} isNarrow={isNarrow} isWide={isWide} /> : <BareHead isNarrow={isNarrow} />}
      {thread && <QueueLine thread={thread} statusOf={HELP.status} />}
      {view?.dispute_id !== undefined && <InDispute view={view} />}
      <ThreadView
        key={place.id}
        threadId={place.id}
        seq={place.seq}
        tools={isSupport(view) ? undefined : <QuickButton />}
        help={isSupport(view) ? HELP : null}
      />
    </>
  );
}

function BareHead({ isNarrow }: { isNarrow: boolean }): JSX.Element {
  const desk = useDesk();
  return <header class="thread-head">{isNarrow && <BackButton desk={desk} />}</header>;
}

function Head({ view, isNarrow, isWide }: ThreadPaneProps & { view: View }): JSX.Element {
  const desk = useDesk();
  const isArchived = view.archived === true;
  // Alone on a phone's screen it is the title of the page.
  const Title = isNarrow ? 'h1' : 'h2';
  const isShown = isWide ? preferences.value.details : desk.isPeeking.value;
  const online = desk.client.chat.value.threads.get(view.id)?.online ?? null;
  return (
    <header class="thread-head">
      {isNarrow && <BackButton desk={desk} />}
      <Face view={view} online={online ?? undefined} />
      <div class="thread-names">
        <Title class="clip">
          <bdi>{otherName(view)}</bdi>
        </Title>
        <p class="thread-about">
          <Presence view={view} />
          <Topic view={view} />
        </p>
      </div>
      {!isNarrow && <Due view={view} />}
      <div class="thread-tools">
        {!isNarrow && (
          <IconButton
            icon={isArchived ? ArchiveRestoreIcon : ArchiveIcon}
            label={t(isArchived ? 'thread.unarchive' : 'thread.archive')}
            onClick={() => void archiveOpen(desk)}
          />
        )}
        <IconButton
          icon={InfoIcon}
          label={t(isShown ? 'inbox.details.hide' : 'inbox.details.show')}
          pressed={isWide ? isShown : undefined}
          onClick={() => {
            desk.toggleDetails(isWide);
          }}
        />
        <ThreadMenu
          view={view}
          onArchived={() => {
            desk.leave();
          }}
        />
      </div>
    </header>
  );
}

/** Typing, online, or nothing: when somebody was last here is his own affair. */
function Presence({ view }: { view: View }): JSX.Element | null {
  const desk = useDesk();
  const thread = desk.client.chat.value.threads.get(view.id);
  if (!thread) return null;
  if (typingSide(thread, Date.now()) !== null) {
    return <span class="presence presence-on">{t('inbox.typing')}</span>;
  }
  // Of support it is known who answers, and no more than that he is here.
  if (thread.online === null || (isSupport(view) && !(thread.online && view.state === 'assigned'))) return null;
  return (
    <span class={`presence${thread.online ? ' presence-on' : ''}`}>
      {t(thread.online ? 'thread.online' : 'thread.offline')}
    </span>
  );
}
