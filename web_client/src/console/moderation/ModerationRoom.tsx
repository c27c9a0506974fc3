/** The moderation room: texts that wait beside the one that is judged, and published ones that readers have reported. */
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';

import { t } from '../../i18n';
import '../../i18n/reviews';
import type { ConsoleApi } from '../../services/console';
import { IconButton } from '../../ui/parts/Button';
import { KeyboardIcon } from '../../ui/parts/icons';
import { panelId, tabId, Tabs } from '../../ui/parts/Tabs';
import { useConsole } from '../context';
import type { RoomProps } from '../rooms';
import { ModerationProvider, useModeration } from './context';
import { Moderation } from './moderation';
import { Panel } from './Panel';
import { StatusLine } from './StatusLine';
import { useKeys } from './use-keys';
import { watchOf } from './watch';
import { Windows } from './Windows';
import '../rooms.css';
import './moderation.css';

/** One room as long as somebody is signed in: what is decided is sent, whatever is drawn. */
let opened: Moderation | null = null;

function open(api: ConsoleApi, leaving: Set<() => void>): Moderation {
  const room = new Moderation(api, watchOf(api));
  const send = (): void => {
    void room.flush(true);
  };
  addEventListener('pagehide', send);
  const close = (): void => {
    removeEventListener('pagehide', send);
    leaving.delete(close);
    room.dispose();
    opened = null;
  };
  leaving.add(close);
  return room;
}

export function ModerationRoom({ isShown }: RoomProps): JSX.Element {
  const { api, leaving } = useConsole();
  const room = useMemo(() => (opened ??= open(api, leaving)), [api, leaving]);
  useEffect(() => {
    room.isShown = isShown;
    void room.watch.refresh();
    return () => {
      room.isShown = false;
    };
  }, [room, isShown]);

  return (
    <ModerationProvider value={room}>
      <Judging />
    </ModerationProvider>
  );
}

const TABS = ['waiting', 'reported'] as const;

function Judging(): JSX.Element {
  const room = useModeration();
  const { me } = useConsole();
  const isSupervisor = me.role === 'supervisor';
  useKeys(isSupervisor);
  const tab = room.tab.value;
  const counts = { waiting: room.watch.waiting.value, reported: room.watch.reports.value };
  const items = TABS.map((id) => ({
    id,
    label: t(`console.moderation.${id}`),
    count: counts[id],
    countLabel: t(`console.moderation.${id}_count`, { count: counts[id] }),
  }));

  return (
    <>
      <header class="room-head">
        <h2>{t('console.moderation')}</h2>
        <Tabs label={t('console.moderation')} items={items} current={tab} onPick={(id) => { room.show(id); }} />
        <div class="room-tools">
          <IconButton icon={KeyboardIcon} label={t('console.moderation.keys')} aria-haspopup="dialog" onClick={() => { room.window.value = 'keys'; }} />
        </div>
      </header>
      <div class="room-body judging" role="tabpanel" id={panelId('', tab)} aria-labelledby={tabId('', tab)}>
        <Panel isSupervisor={isSupervisor} />
        <StatusLine />
      </div>
      <Windows />
    </>
  );
}
