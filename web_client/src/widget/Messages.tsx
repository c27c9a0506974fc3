/** All conversations, newest first. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import type { ThreadView } from '../protocol/generated';
import { threadsOf } from '../state/select';
import { SupportLine } from '../ui/answers/SupportLine';
import { useLobby } from '../ui/lobby';
import { IconButton } from '../ui/parts/Button';
import { EmptyState } from '../ui/parts/EmptyState';
import { ArchiveIcon, ChatIcon, ChatsIcon, FlagIcon, HelpIcon, SearchIcon } from '../ui/parts/icons';
import { Menu, type MenuItem } from '../ui/parts/Menu';
import { SkeletonRows } from '../ui/parts/Skeleton';
import { panelId, tabId } from '../ui/parts/Tabs';
import { ConnectionBanner } from '../ui/threads/ConnectionBanner';
import { ThreadItem } from '../ui/threads/ThreadItem';
import { ThreadHint } from './disputes/ThreadHint';
import { Head } from './Head';
import { SignIn } from './Nothing';
import { NoticesRow } from './notices/NoticesRow';
import type { Topic, Widget } from './widget';
import { useWidget } from './widget-context';

/** So near the end the next page is fetched. */
const FETCH_PX = 600;

export function Messages(): JSX.Element {
  const lobby = useLobby();
  const widget = useWidget();
  const chat = lobby.chat.value;
  const threads = threadsOf(chat);
  const isGuest = widget.isGuest.value;

  const onScroll = (event: Event): void => {
    const place = event.currentTarget as HTMLElement;
    const left = place.scrollHeight - place.clientHeight - place.scrollTop;
    if (left < FETCH_PX) lobby.moreThreads().catch(() => undefined);
  };

  return (
    <>
      <Head title={t('home.title')}>
        {!isGuest && <IconButton icon={SearchIcon} label={t('common.search')} onClick={() => { widget.push({ kind: 'search' }); }} />}
        <Menu label={t('support.contact')} icon={HelpIcon} items={contacts(widget)} />
        {!isGuest && <IconButton icon={ArchiveIcon} label={t('list.show_archived')} onClick={() => { widget.push({ kind: 'archive' }); }} />}
      </Head>
      <ConnectionBanner />
      <div class="list scroll" role="tabpanel" id={panelId('', 'messages')} aria-labelledby={tabId('', 'messages')} onScroll={onScroll}>
        {isGuest ? threads.length === 0 && <SignIn /> : <NoticesRow />}
        {chat.me === null && !isGuest && <SkeletonRows label={t('common.loading')} />}
        {chat.me !== null && !isGuest && threads.length === 0 && <EmptyState icon={ChatsIcon} title={t('list.empty')} text={t('list.empty.text')} />}
        {threads.map((view) => (
          <ThreadItem key={view.id} view={view} aside={asideOf(view)} onOpen={({ id }) => { widget.push({ kind: 'thread', id }); }} />
        ))}
        {isGuest && threads.length > 0 && <SignIn compact />}
      </div>
    </>
  );
}

function asideOf(view: ThreadView): JSX.Element {
  return view.dispute_id === undefined ? <SupportLine view={view} /> : <ThreadHint dispute={view.dispute_id} />;
}

/** Whom one may write to without a product or an order. */
function contacts(widget: Widget): MenuItem[] {
  const write = (support: Topic) => (): void => {
    widget.push({ kind: 'opening', support });
  };
  return [
    { id: 'help', label: t('support.contact'), icon: ChatIcon, onPick: write('help') },
    { id: 'complaint', label: t('support.complain'), icon: FlagIcon, onPick: write('complaint') },
  ];
}
