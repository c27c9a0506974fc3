/** The room of disputes: cases that wait for a mediator beside the one that is open. */
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';

import { t } from '../../i18n';
import '../../i18n/disputes';
import type { ConsoleApi } from '../../services/console';
import { IconButton } from '../../ui/parts/Button';
import { KeyboardIcon } from '../../ui/parts/icons';
import { panelId, tabId, Tabs } from '../../ui/parts/Tabs';
import { useConsole } from '../context';
import type { RoomProps } from '../rooms';
import { DocketProvider, useDocket } from './context';
import { Docket, SHOWN } from './docket';
import { Panel } from './Panel';
import { useKeys } from './use-keys';
import { waitingOf } from './waiting';
import { Windows } from './Windows';
import '../rooms.css';
import './disputes.css';

/** One docket as long as somebody is signed in: what he writes is there when he comes back. */
let kept: Docket | null = null;

function open(api: ConsoleApi, me: string, leaving: Set<() => void>): Docket {
  const close = (): void => {
    leaving.delete(close);
    kept = null;
  };
  leaving.add(close);
  return new Docket(api, me, () => void waitingOf(api).cases.refresh());
}

export function DisputesRoom({ isShown }: RoomProps): JSX.Element {
  const { api, me, leaving } = useConsole();
  const docket = useMemo(() => (kept ??= open(api, me.id, leaving)), [api, me, leaving]);
  useEffect(() => (isShown ? docket.list.start() : undefined), [docket, isShown]);
  return (
    <DocketProvider value={docket}>
      <Mediating />
    </DocketProvider>
  );
}

function Mediating(): JSX.Element {
  const docket = useDocket();
  const { api } = useConsole();
  useKeys();
  const tab = docket.tab.value;
  const counts = docket.list.value.value?.counts ?? waitingOf(api).cases.value.value?.counts ?? {};
  const items = SHOWN.map((id) => {
    const count = counts[id] ?? 0;
    return { id, label: t(`console.disputes.${id}`), count, countLabel: t('console.disputes.count', { count }) };
  });
  return (
    <>
      <header class="room-head">
        <h2>{t('console.disputes')}</h2>
        <Tabs label={t('console.disputes')} items={items} current={tab} onPick={(id) => { docket.show(id); }} />
        <div class="room-tools">
          <IconButton icon={KeyboardIcon} label={t('console.disputes.keys')} aria-haspopup="dialog" onClick={() => { docket.window.value = 'keys'; }} />
        </div>
      </header>
      <div class="room-body docket" role="tabpanel" id={panelId('', tab)} aria-labelledby={tabId('', tab)}>
        <Panel />
      </div>
      <Windows />
    </>
  );
}
