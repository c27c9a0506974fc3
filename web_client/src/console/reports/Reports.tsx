/** The reports room: figures of the desk, their tables as files, and the log of who did what. */
import type { JSX } from 'preact';
import { useCallback, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { DeskReport } from '../../protocol/generated';
import type { ReportTable } from '../../services/console';
import { EmptyState } from '../../ui/parts/EmptyState';
import { BarChartIcon, DownloadIcon } from '../../ui/parts/icons';
import { Menu } from '../../ui/parts/Menu';
import { panelId, tabId, Tabs } from '../../ui/parts/Tabs';
import { tellRefusal } from '../../ui/refusals';
import { useConsole } from '../context';
import type { RoomProps } from '../rooms';
import { save } from '../save';
import { Shown } from '../Shown';
import { useLoaded } from '../use-loaded';
import { Audit } from './Audit';
import { Figures, type Counting } from './Figures';
import { Filters } from './Filters';
import { Opening } from './OpenThread';
import { dayOf, isSound, lastDays, type Wish } from './wish';
import '../rooms.css';
import './reports.css';

const TABS = ['figures', 'audit'] as const;
const TABLES: readonly ReportTable[] = ['episodes', 'agents', 'days', 'csat'];

export function Reports({ go }: RoomProps): JSX.Element {
  const [tab, setTab] = useState<(typeof TABS)[number]>('figures');
  const [wish, setWish] = useState<Wish>(() => ({ ...lastDays(30, dayOf(new Date())), team: '', language: '' }));
  const open = useCallback(
    (thread: string) => {
      location.hash = `#/t/${thread}`;
      go('desk');
    },
    [go],
  );
  return (
    <Opening.Provider value={open}>
      <header class="room-head">
        <h2>{t('console.reports')}</h2>
        <Tabs
          label={t('console.reports')}
          items={TABS.map((id) => ({ id, label: t(`console.reports.${id}`) }))}
          current={tab}
          onPick={setTab}
        />
        <div class="room-tools">{tab === 'figures' && isSound(wish) && <Export wish={wish} />}</div>
      </header>
      <div class="room-body" role="tabpanel" id={panelId('', tab)} aria-labelledby={tabId('', tab)}>
        {tab === 'figures' ? <Overview wish={wish} onWish={setWish} /> : <Audit />}
      </div>
    </Opening.Provider>
  );
}

function Export({ wish }: { wish: Wish }): JSX.Element {
  const { api } = useConsole();
  return (
    <Menu
      label={t('console.reports.export')}
      icon={DownloadIcon}
      items={TABLES.map((table) => ({
        id: table,
        label: t(`console.reports.export.${table}`),
        onPick: () => {
          api.reportFile(wish, table).then((file) => {
            save(file, `${table}_${wish.from}_${wish.to}.csv`);
          }, tellRefusal);
        },
      }))}
    />
  );
}

function Overview({ wish, onWish }: { wish: Wish; onWish: (wish: Wish) => void }): JSX.Element {
  const { api } = useConsole();
  const [counting, setCounting] = useState<Counting>('worked');
  // While the days make no sense, what was asked before stays.
  const [asked, setAsked] = useState(wish);
  const load = useCallback(() => api.report(asked), [api, asked]);
  const loaded = useLoaded(load);
  const change = (next: Wish): void => {
    onWish(next);
    if (isSound(next)) setAsked(next);
  };
  return (
    <div class="reports scroll">
      <Filters
        wish={wish}
        teams={loaded.value?.teams ?? []}
        languages={loaded.value?.languages ?? []}
        counting={counting}
        onWish={change}
        onCounting={setCounting}
      />
      <Shown loaded={loaded}>
        {(report) => (isEmpty(report) ? <Nothing /> : <Figures report={report} counting={counting} />)}
      </Shown>
    </div>
  );
}

function isEmpty({ total, talks }: DeskReport): boolean {
  return total.asked === 0 && talks === 0;
}

function Nothing(): JSX.Element {
  return <EmptyState icon={BarChartIcon} title={t('console.reports.none')} text={t('console.reports.none.text')} />;
}
