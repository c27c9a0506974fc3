/** The inbox as a whole: groups, list, conversation, details; on a phone one of them at a time. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { Later } from '../ui/Later';
import { Toasts } from '../ui/parts/Toast';
import { ConnectionBanner } from '../ui/threads/ConnectionBanner';
import { NARROW, ROOMY, useMedia, WIDE } from '../ui/use-media';
import { usePaneFocus } from '../ui/use-pane-focus';
import { useDesk } from './desk-context';
import { Details, DetailsSheet } from './Details';
import type { HoursDialogProps } from './figures/HoursDialog';
import { Groups } from './Groups';
import { HelpDialog } from './HelpDialog';
import { preferences } from './preferences';
import { QuickDialog } from './QuickReplies';
import { RailFoot, RailHead } from './Rail';
import { Bell } from './reviews/Bell';
import { NoticesSheet } from './reviews/NoticesSheet';
import { RoomPane } from './RoomPane';
import { SearchField, SearchResults } from './Search';
import { SettingsDialog } from './SettingsDialog';
import { ShopMenu } from './ShopMenu';
import { ThreadList } from './ThreadList';
import { ThreadPane } from './ThreadPane';
import { useAlerts } from './use-alerts';
import { useKeys } from './use-keys';
import '../ui/parts/panes.css';
import './inbox.css';

const loadHours = async (): Promise<(props: HoursDialogProps) => JSX.Element> => (await import('./figures/HoursDialog')).HoursDialog;

export function Inbox(): JSX.Element {
  const desk = useDesk();
  const [isWide, isRoomy, isNarrow] = [useMedia(WIDE), useMedia(ROOMY), useMedia(NARROW)];
  useKeys();
  useAlerts();
  usePaneFocus(desk, isNarrow);
  const view = desk.open.value;
  const room = desk.room.value;
  const isElsewhere = room !== null;
  const isOpen = !isElsewhere && desk.place.value !== null;
  const hasDetails = isWide && isOpen && preferences.value.details;

  return (
    <div class="inbox">
      {!isNarrow && (
        <a class="skip" href="#conversation" onClick={skip}>
          {t('inbox.skip')}
        </a>
      )}
      <ConnectionBanner />
      <div class={`panes${isRoomy ? ' panes-roomy' : ''}${hasDetails ? ' panes-details' : ''}`}>
        {isRoomy && (
          <div class="rail">
            <RailHead />
            <Groups look="rail" />
            <RailFoot />
          </div>
        )}
        <ListPane isRoomy={isRoomy} isAlone={isNarrow} isAway={isElsewhere || (isNarrow && isOpen)} />
        {isElsewhere && <RoomPane room={room} isRoomy={isRoomy} isNarrow={isNarrow} />}
        {!isElsewhere && (!isNarrow || isOpen) && (
          <main class="thread-pane" id="conversation" tabIndex={-1}>
            <ThreadPane isNarrow={isNarrow} isWide={isWide} />
          </main>
        )}
        {hasDetails && view && (
          <aside class="details-pane scroll" aria-label={t('inbox.details')}>
            <Details view={view} />
          </aside>
        )}
      </div>
      {!isWide && desk.isPeeking.value && view && <DetailsSheet view={view} />}
      <Windows />
      <Toasts />
    </div>
  );
}

interface ListPaneProps {
  isRoomy: boolean;
  isAlone: boolean;
  /** A conversation, or another room, covers it: it stays as it is, for the way back. */
  isAway: boolean;
}

function ListPane({ isRoomy, isAlone, isAway }: ListPaneProps): JSX.Element {
  const desk = useDesk();
  const Landmark = isAlone ? 'main' : 'section';
  return (
    <Landmark class={`list-pane${isAway ? ' list-away' : ''}`} aria-label={t('inbox.list')}>
      {!isRoomy && <h1 class="unseen">{t('inbox.title')}</h1>}
      <header class="list-head">
        <SearchField />
        {!isRoomy && <Bell />}
        {!isRoomy && <ShopMenu />}
      </header>
      {!isRoomy && <Groups look="row" />}
      {desk.finding.isOn ? <SearchResults /> : <ThreadList />}
    </Landmark>
  );
}

function Windows(): JSX.Element | null {
  const desk = useDesk();
  const close = (): void => {
    desk.window.value = null;
  };
  switch (desk.window.value) {
    case 'help':
      return <HelpDialog onClose={close} />;
    case 'settings':
      return <SettingsDialog onClose={close} />;
    case 'notices':
      return <NoticesSheet onClose={close} />;
    case 'hours':
      return <Later load={loadHours} props={{ onClose: close }} />;
    case 'quick':
      return <QuickDialog onClose={close} />;
    case null:
      return null;
  }
}

/** The address is the router's: the focus goes there without it. */
function skip(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('conversation')?.focus();
}
