/** The conversation itself: rows that scroll, older ones on the way up, a way back to the newest. */
import type { ComponentType, JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { ThreadView } from '../../protocol/generated';
import type { Thread, Timeline } from '../../state/model';
import { isSupport } from '../../state/select';
import { useClient } from '../client';
import { Later } from '../Later';
import { IconButton } from '../parts/Button';
import { ArrowDownIcon } from '../parts/icons';
import { tellRefusal } from '../refusals';
import { rowsOf, type Aside } from './rows';
import { Rows } from './Rows';
import { useTalk } from './talk';
import { TypingLine } from './TypingLine';
import { useScroll } from './use-scroll';
import { useWanted } from './use-wanted';
import './message-list.css';

/** What a screen puts among the messages. */
export interface Asides {
  /** In rising order of `after`. */
  items: readonly Aside[];
  draw: (aside: Aside) => JSX.Element;
}

export interface MessageListProps {
  thread: Thread;
  timeline: Timeline;
  otherName: string;
  /** Shown above the first message. */
  beginning: JSX.Element | null;
  asides?: Asides | undefined;
}

const loadCsat = async (): Promise<ComponentType<{ view: ThreadView }>> => (await import('../answers/Csat')).Csat;

export function MessageList({ thread, timeline, otherName, beginning, asides }: MessageListProps): JSX.Element {
  const client = useClient();
  const talk = useTalk();
  const id = thread.view.id;
  const letters = client.letters.value.filter(({ threadId }) => threadId === id);
  const readUpTo = useReadUpTo(thread);
  const me = client.chat.value.me?.id;
  const isStaff = thread.view.my_side === 'staff';
  const rows = useMemo(
    () => rowsOf({ events: timeline.events, letters: timeline.moreAfter ? [] : letters, me, readUpTo, isStaff, asides: asides?.items ?? [] }),
    // Letters are few: their keys and states say all.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- letters is a new array each time
    [timeline, letters.map(({ key, refused }) => key + (refused?.code ?? '')).join(), me, readUpTo, isStaff, asides?.items],
  );
  const scroll = useScroll({
    firstKey: String(timeline.events[0]?.seq ?? 0),
    lastKey: `${rows.at(-1)?.key ?? ''} ${thread.typing === null ? '' : 'typing'}`,
    onNearStart: () => {
      if (timeline.moreBefore) client.history.older(id).catch(() => undefined);
    },
    onNearEnd: () => {
      if (timeline.moreAfter) client.history.newer(id).catch(() => undefined);
    },
  });
  useWanted(scroll.box, talk);
  useReading(scroll.atEnd, thread);
  const unseen = thread.view.unread ?? 0;
  const asksCsat = isSupport(thread.view) && thread.view.state === 'resolved' && thread.view.csat !== undefined;

  const toLatest = (): void => {
    if (timeline.moreAfter) client.history.end(id).then(scroll.toEnd, tellRefusal);
    else scroll.toEnd();
  };

  return (
    <div class="message-list">
      <div class="message-scroll scroll" ref={scroll.box} onScroll={scroll.onScroll} tabIndex={0} role="region" aria-label={t('thread.messages', { name: otherName })}>
        <ol class="message-rows">
          {timeline.moreBefore ? <li class="older-line"><span class="spinner" /><span class="unseen">{t('thread.earlier')}</span></li> : beginning}
          <Rows rows={rows} view={thread.view} otherName={otherName} drawAside={asides?.draw} />
          <TypingLine thread={thread} name={isStaff ? otherName : (thread.view.agent ?? otherName)} />
          {asksCsat && <Later load={loadCsat} props={{ view: thread.view }} />}
        </ol>
      </div>
      {(!scroll.atEnd || timeline.moreAfter) && (
        <div class="to-latest">
          {unseen > 0 && <span class="to-latest-count figures">{t('thread.new', { count: unseen })}</span>}
          <IconButton icon={ArrowDownIcon} label={t('thread.to_latest')} onClick={toLatest} />
        </div>
      )}
    </div>
  );
}

/** How far this person had read when the thread was opened: above what is newer stands a line, as long as the visit lasts. */
function useReadUpTo({ view }: Thread): number | null {
  const held = useRef<{ id: string; readUpTo: number | null } | null>(null);
  if (held.current?.id !== view.id) {
    // The bot answers while one looks: its words are no news.
    const hasNews = (view.unread ?? 0) > 0 && view.state !== 'bot';
    held.current = { id: view.id, readUpTo: hasNews ? (view.read ?? 0) : null };
  }
  return held.current.readUpTo;
}

/** What is at the end of an open conversation is read, while somebody looks at it. */
function useReading(atEnd: boolean, thread: Thread): void {
  const client = useClient();
  const [looks, setLooks] = useState(isLookedAt);
  const last = thread.timeline?.last;
  const id = thread.view.id;

  useEffect(() => {
    const look = (): void => {
      setLooks(isLookedAt());
    };
    const names = ['focus', 'blur'] as const;
    names.forEach((name) => {
      window.addEventListener(name, look);
    });
    document.addEventListener('visibilitychange', look);
    return () => {
      names.forEach((name) => {
        window.removeEventListener(name, look);
      });
      document.removeEventListener('visibilitychange', look);
    };
  }, []);

  useEffect(() => {
    if (atEnd && looks) client.markRead(id);
  }, [client, id, atEnd, looks, last]);
}

function isLookedAt(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}
