/** A whole conversation: its messages, its composer, and the windows above them. The head belongs to the screen. */
import { useComputed } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';

import { t } from '../../i18n';
import type { ThreadView as View } from '../../protocol/generated';
import type { Refusal } from '../../protocol/refusal';
import type { Thread } from '../../state/model';
import { isSupport, otherName as nameOf } from '../../state/select';
import { useClient } from '../client';
import { Composer } from '../composer/Composer';
import { Welcome } from '../answers/Welcome';
import { Button } from '../parts/Button';
import { EmptyState } from '../parts/EmptyState';
import { AlertIcon, ChatIcon } from '../parts/icons';
import { refusalText } from '../refusals';
import { Announcer } from './Announcer';
import { MessageList, type Asides } from './MessageList';
import { newTalk, TalkProvider, type Help } from './talk';
import { ThreadSkeleton } from './ThreadSkeleton';
import { ThreadWindows } from './ThreadWindows';
import './thread-view.css';

export interface ThreadViewProps {
  threadId: string;
  /** A message to go to. */
  seq?: number | undefined;
  /** Puts the cursor into the composer. */
  focus?: boolean;
  /** More buttons beside the writing. */
  tools?: ComponentChildren;
  /** Where it is one with support. */
  help?: Help | null;
  /** What the other side is called, where its own name does not say it. */
  name?: string | undefined;
  asides?: Asides | undefined;
  /** Above the composer. */
  above?: ComponentChildren;
  /** In place of the composer. */
  writing?: ((view: View) => JSX.Element) | undefined;
}

export function ThreadView(props: ThreadViewProps): JSX.Element {
  const { threadId, seq, focus = false, tools, help = null, asides, above, writing } = props;
  const client = useClient();
  const talk = useMemo(() => newTalk(threadId), [threadId]);
  const thread = useComputed(() => client.chat.value.threads.get(threadId)).value;
  const name = props.name ?? (thread === undefined ? '' : nameOf(thread.view));
  talk.otherName.value = name;
  talk.help.value = help;

  useEffect(() => client.visit(threadId), [client, threadId]);
  useEffect(() => {
    if (seq !== undefined) talk.wanted.value = seq;
  }, [talk, seq]);

  return (
    <TalkProvider value={talk}>
      <div class="thread-view">
        <ThreadBody thread={thread} threadId={threadId} name={name} asides={asides} />
        {above}
        {thread !== undefined && (writing?.(thread.view) ?? <Composer key={threadId} view={thread.view} otherName={name} focus={focus} tools={tools} />)}
        <Announcer threadId={threadId} />
        <ThreadWindows />
      </div>
    </TalkProvider>
  );
}

interface ThreadBodyProps {
  thread: Thread | undefined;
  threadId: string;
  name: string;
  asides: Asides | undefined;
}

function ThreadBody({ thread, threadId, name, asides }: ThreadBodyProps): JSX.Element {
  const client = useClient();
  const trouble = client.troubles.value.get(threadId);
  if (thread === undefined || thread.timeline === null) {
    return trouble === undefined ? <ThreadSkeleton /> : <Trouble threadId={threadId} refusal={trouble} />;
  }
  const isEmpty = thread.timeline.events.length === 0;
  const beginning = isEmpty ? <Invitation view={thread.view} /> : <li class="day-line">{t('thread.beginning')}</li>;
  return <MessageList key={threadId} thread={thread} timeline={thread.timeline} otherName={name} beginning={beginning} asides={asides} />;
}

function Trouble({ threadId, refusal }: { threadId: string; refusal: Refusal }): JSX.Element {
  const client = useClient();
  return (
    <div class="thread-filler">
      <EmptyState icon={AlertIcon} title={t('thread.error')} text={refusalText(refusal)}>
        {refusal.code !== 'not_found' && (
          <Button
            onClick={() => {
              client.revisit(threadId);
            }}
          >
            {t('common.retry')}
          </Button>
        )}
      </EmptyState>
    </div>
  );
}

function Invitation({ view }: { view: View }): JSX.Element {
  if (isSupport(view)) return <Welcome view={view} />;
  const isCustomer = view.my_side === 'customer';
  const text = t(view.kind === 'order' ? 'thread.empty.order' : 'thread.empty.product');
  return (
    <li>
      <EmptyState icon={ChatIcon} title={t('thread.empty')} text={isCustomer ? text : undefined} compact />
    </li>
  );
}
