/** The room of complaints that sellers do not answer: those to decide, those with the parties, shops that were flagged. */
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';

import { t } from '../../i18n';
import '../../i18n/disputes';
import { IconButton } from '../../ui/parts/Button';
import { KeyboardIcon } from '../../ui/parts/icons';
import { panelId, tabId, Tabs } from '../../ui/parts/Tabs';
import { useConsole } from '../context';
import { waitingOf } from '../disputes/waiting';
import type { RoomProps } from '../rooms';
import { Complaints, SHOWN } from './complaints';
import { ComplaintsProvider, useComplaints } from './context';
import { Flagged } from './Flagged';
import { Queue } from './Queue';
import { Reported } from './Reported';
import { useKeys } from './use-keys';
import { Windows } from './Windows';
import '../rooms.css';
import '../disputes/disputes.css';
import './complaints.css';

export function ComplaintsRoom({ isShown }: RoomProps): JSX.Element {
  const { api } = useConsole();
  const room = useMemo(() => new Complaints(api, () => void waitingOf(api).complaints.refresh()), [api]);
  useEffect(() => (isShown ? room.queue.start() : undefined), [room, isShown]);
  return (
    <ComplaintsProvider value={room}>
      <Judging />
    </ComplaintsProvider>
  );
}

function Judging(): JSX.Element {
  const room = useComplaints();
  useKeys();
  const tab = room.tab.value;
  const counts = room.queue.value.value?.counts ?? {};
  const items = SHOWN.map((id) => {
    const count = counts[id] ?? 0;
    return { id, label: t(`console.complaints.${id}`), count, countLabel: t(id === 'flagged' ? 'console.complaints.shops_count' : 'console.complaints.count', { count }) };
  });
  return (
    <>
      <header class="room-head">
        <h2>{t('console.complaints')}</h2>
        <Tabs label={t('console.complaints')} items={items} current={tab} onPick={(id) => { room.show(id); }} />
        <div class="room-tools">
          <IconButton icon={KeyboardIcon} label={t('console.complaints.keys')} aria-haspopup="dialog" onClick={() => { room.window.value = 'keys'; }} />
        </div>
      </header>
      <div class="room-body docket" role="tabpanel" id={panelId('', tab)} aria-labelledby={tabId('', tab)}>
        {tab === 'flagged' && <Flagged />}
        {tab === 'reported' && <Reported />}
        {tab !== 'flagged' && tab !== 'reported' && <Queue key={tab} listed={tab} />}
      </div>
      <Windows />
    </>
  );
}
