/** The lists: which one, narrowed to what, and its threads; or what was found. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { DeskThread } from '../../protocol/generated';
import { LISTS, type ListName } from '../../state/desk-lists';
import { Button, IconButton } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon, CheckCheckIcon, ChatsIcon, CircleCheckIcon, EllipsisIcon, InboxIcon, KeyboardIcon, SettingsIcon, type IconPart } from '../../ui/parts/icons';
import { AlarmIcon, CommandIcon, FilterIcon } from '../../ui/parts/icons-desk';
import { BotIcon } from '../../ui/parts/icons-first';
import { Menu, type MenuItem } from '../../ui/parts/Menu';
import { FindingField } from '../../ui/parts/SearchResults';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { panelId, tabId, Tabs } from '../../ui/parts/Tabs';
import { VirtualList } from '../../ui/parts/VirtualList';
import { refusalText } from '../../ui/refusals';
import type { Window } from './desk';
import { useDesk } from './desk-context';
import { Filters } from './Filters';
import { SearchResults } from './SearchResults';
import { Shift } from './Shift';
import { ThreadRow } from './ThreadRow';
import './list-pane.css';

const ICONS: Record<ListName, IconPart> = {
  mine: InboxIcon,
  unassigned: CheckCheckIcon,
  all: ChatsIcon,
  snoozed: AlarmIcon,
  resolved: CircleCheckIcon,
  bot: BotIcon,
};

/** These stand in the row of tabs; the others come into it when they are chosen. */
const FIRST: readonly ListName[] = ['mine', 'unassigned', 'all', 'snoozed'];

export function ListPane({ isAway }: { isAway: boolean }): JSX.Element {
  const desk = useDesk();
  const [filters, setFilters] = useState(false);
  const narrowed = Object.values(desk.filters.value).filter((value) => value !== '').length;
  return (
    <section class={`list-pane${isAway ? ' list-away' : ''}`} aria-label={t('console.desk.lists')}>
      <h2 class="unseen">{t('console.desk')}</h2>
      <Shift />
      <header class="desk-list-head">
        <Search />
        <span class="filter-button">
          <IconButton
            icon={FilterIcon}
            label={narrowed === 0 ? t('console.desk.filters') : t('console.desk.filters.on', { count: narrowed })}
            aria-expanded={filters}
            pressed={narrowed > 0}
            onClick={() => {
              setFilters(!filters);
            }}
          />
        </span>
        <MoreMenu />
      </header>
      {filters && <Filters />}
      <ListTabs />
      {desk.finding.isOn ? <SearchResults /> : <Threads />}
    </section>
  );
}

function Search(): JSX.Element {
  return <FindingField finding={useDesk().finding} label={t('console.desk.search')} placeholder={t('console.desk.search.placeholder')} />;
}

function ListTabs(): JSX.Element {
  const desk = useDesk();
  const current = desk.list.value;
  useEffect(() => {
    document.getElementById(tabId('desk', current))?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  const shown = LISTS.filter((list) => FIRST.includes(list) || list === current);
  return (
    <div class="desk-tabs">
      <Tabs
        name="desk"
        label={t('console.desk.lists')}
        items={shown.map((list) => {
          const count = desk.counts.value[list];
          return { id: list, label: t(`console.desk.list.${list}`), count, countLabel: count === undefined ? undefined : t('console.desk.threads', { count }) };
        })}
        current={current}
        onPick={(list) => {
          desk.pick(list);
        }}
      />
    </div>
  );
}

function MoreMenu(): JSX.Element {
  const desk = useDesk();
  const lists = (['resolved', 'bot'] as const).map((list): MenuItem => ({
    id: list,
    label: t(`console.desk.list.${list}`),
    icon: ICONS[list],
    onPick: () => {
      desk.pick(list);
    },
  }));
  const opening = (id: Exclude<Window, null>, label: string, icon: IconPart, apart = false): MenuItem => ({
    id,
    label,
    icon,
    apart,
    onPick: () => {
      desk.window.value = id;
    },
  });
  const items = [
    ...lists,
    opening('palette', t('console.desk.palette'), CommandIcon, true),
    opening('help', t('console.desk.keys'), KeyboardIcon),
    opening('settings', t('console.desk.settings'), SettingsIcon),
  ];
  return <Menu label={t('console.desk.more_lists')} icon={EllipsisIcon} items={items} />;
}

/** What a row measures with common type; the list finds out the truth. */
const ROW_HEIGHT = 86;

/** So near the end the next page is fetched. */
const FETCH_PX = 800;

function Threads(): JSX.Element {
  const desk = useDesk();
  const list = desk.list.value;
  const rows = desk.rows.value;
  return (
    <div
      class="desk-list-body"
      role="tabpanel"
      id={panelId('desk', list)}
      aria-labelledby={tabId('desk', list)}
      onScrollCapture={({ target }) => {
        if (target instanceof HTMLElement && target.scrollHeight - target.clientHeight - target.scrollTop < FETCH_PX) void desk.pages.more();
      }}
    >
      {rows.length === 0 ? (
        <div class="desk-scroll scroll">
          <NoThreads />
        </div>
      ) : (
        <VirtualList key={list} class="desk-scroll" items={rows} keyOf={idOf} rowHeight={ROW_HEIGHT} current={desk.place.value?.id}>
          {drawRow}
        </VirtualList>
      )}
    </div>
  );
}

function drawRow(row: DeskThread): JSX.Element {
  return <ThreadRow row={row} />;
}

function idOf({ id }: DeskThread): string {
  return id;
}

function NoThreads(): JSX.Element {
  const desk = useDesk();
  const state = desk.pages.state.value;
  const list = desk.list.value;
  if (state.kind === 'loading') return <SkeletonRows rows={8} label={t('common.loading')} />;
  if (state.kind === 'failed') {
    return (
      <EmptyState icon={AlertIcon} title={t('list.error')} text={refusalText(state.refusal)}>
        <Button onClick={() => void desk.pages.begin()}>{t('common.retry')}</Button>
      </EmptyState>
    );
  }
  const isNarrowed = Object.values(desk.filters.value).some((value) => value !== '');
  if (isNarrowed) {
    return (
      <EmptyState icon={FilterIcon} title={t('console.desk.empty.filtered')}>
        <Button
          onClick={() => {
            desk.narrow({ team: '', label: '', agent: '', priority: '' });
          }}
        >
          {t('console.desk.filters.clear')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={ICONS[list]} title={t(`console.desk.empty.${list}`)} text={t(`console.desk.empty.${list}.text`)}>
      {list === 'mine' && (
        <Button
          onClick={() => {
            desk.pick('unassigned');
          }}
        >
          {t('console.desk.empty.mine.next')}
        </Button>
      )}
    </EmptyState>
  );
}
