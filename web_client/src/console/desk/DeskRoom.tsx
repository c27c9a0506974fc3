/** The room of the desk: list, conversation, what is known of the customer; on a phone one of them at a time. */
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';

import { socketUrl } from '../../connection/socket';
import { locale, t } from '../../i18n';
import { CLOSE } from '../../protocol/generated';
import { ClientProvider, surroundings, type Surroundings } from '../../ui/client';
import { Dialog } from '../../ui/parts/Dialog';
import { EmptyState } from '../../ui/parts/EmptyState';
import { InboxIcon } from '../../ui/parts/icons';
import { ConnectionBanner } from '../../ui/threads/ConnectionBanner';
import { NARROW, useMedia, WIDE } from '../../ui/use-media';
import { usePaneFocus } from '../../ui/use-pane-focus';
import { useConsole } from '../context';
import { preferences } from '../preferences';
import type { RoomProps } from '../rooms';
import { ContextPane } from './ContextPane';
import { Desk } from './desk';
import { DeskProvider, useDesk } from './desk-context';
import { DeskWindows } from './DeskWindows';
import { ListPane } from './ListPane';
import { ReturnedBanner } from './ReturnedBanner';
import { ThreadPane } from './ThreadPane';
import { useAlerts } from './use-alerts';
import { useKeys } from './use-keys';
import '../../ui/parts/panes.css';
import './desk.css';

/** One desk as long as somebody is signed in, whatever is drawn. */
let opened: { desk: Desk; around: Surroundings } | null = null;

function open(me: string): { desk: Desk; around: Surroundings } {
  const desk = new Desk({
    me,
    base: new URL('api/v1', new URL('.', location.href)).pathname,
    socketUrl: socketUrl(location.href),
    locale: () => locale.value,
  });
  desk.start();
  return { desk, around: surroundings(desk.client) };
}

export function DeskRoom(props: RoomProps): JSX.Element {
  const { me, leave, leaving } = useConsole();
  const { desk, around } = useMemo(() => (opened ??= open(me.id)), [me.id]);
  const state = desk.client.connection.value;
  const isOver = state.kind === 'stopped' && (state.code === CLOSE.signedOut || state.code === CLOSE.badTicket);

  useEffect(() => {
    const close = (): void => {
      desk.signOut();
      opened = null;
    };
    leaving.add(close);
    return () => leaving.delete(close);
  }, [desk, leaving]);
  useEffect(() => {
    if (isOver) leave();
  }, [isOver, leave]);
  useEffect(() => {
    desk.isShown.value = props.isShown;
  }, [desk, props.isShown]);

  return (
    <ClientProvider value={around}>
      <DeskProvider value={desk}>
        <Present {...props} />
      </DeskProvider>
    </ClientProvider>
  );
}

/** What calls an agent goes on while he is in another room. */
function Present(props: RoomProps): JSX.Element {
  useAlerts(props);
  return props.isShown ? <Panes {...props} /> : <></>;
}

function Panes(props: RoomProps): JSX.Element {
  const desk = useDesk();
  const [isWide, isNarrow] = [useMedia(WIDE), useMedia(NARROW)];
  useKeys();
  usePaneFocus(desk, isNarrow);
  const isOpen = desk.place.value !== null;
  const hasDetails = isWide && isOpen && preferences.value.details;
  return (
    <div class="desk">
      <ConnectionBanner />
      <ReturnedBanner />
      <div class={`desk-panes${hasDetails ? ' desk-panes-wide' : ''}`}>
        <ListPane isAway={isNarrow && isOpen} />
        {(!isNarrow || isOpen) && (
          <section class="thread-pane" id="conversation" tabIndex={-1} aria-label={t('console.desk.conversation')}>
            {isOpen ? (
              <ThreadPane isNarrow={isNarrow} isWide={isWide} />
            ) : (
              <EmptyState icon={InboxIcon} title={t('console.desk.none_open')} text={t('console.desk.none_open.text')} />
            )}
          </section>
        )}
        {hasDetails && (
          <aside class="details-pane scroll" aria-label={t('console.desk.context')}>
            <ContextPane />
          </aside>
        )}
      </div>
      {!isWide && isOpen && desk.isPeeking.value && (
        <Dialog
          title={t('console.desk.context')}
          look="sheet"
          onClose={() => {
            desk.isPeeking.value = false;
          }}
        >
          <ContextPane />
        </Dialog>
      )}
      <DeskWindows {...props} />
    </div>
  );
}
