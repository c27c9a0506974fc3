/** The list of the group that is open: loading, empty, failed, or there. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import type { ThreadView } from '../protocol/generated';
import { Button } from '../ui/parts/Button';
import { EmptyState } from '../ui/parts/EmptyState';
import {
  AlertIcon,
  ArchiveIcon,
  ChatsIcon,
  CheckCheckIcon,
  HourglassIcon,
  PackageIcon,
  type IconPart,
} from '../ui/parts/icons';
import { SkeletonRows } from '../ui/parts/Skeleton';
import { VirtualList } from '../ui/parts/VirtualList';
import { useDesk } from './desk-context';
import type { Group } from './groups';
import { ThreadRow } from './ThreadRow';

const EMPTY_ICONS: Record<Group, IconPart> = {
  needs_answer: CheckCheckIcon,
  waiting: HourglassIcon,
  orders: PackageIcon,
  all: ChatsIcon,
  archived: ArchiveIcon,
};

export function ThreadList(): JSX.Element {
  const desk = useDesk();
  const list = desk.list.value;
  const group = desk.group.value;
  return (
    <>
      <h2 class="unseen">{t(`inbox.group.${group}`)}</h2>
      {list.length === 0 ? (
        <div class="list-scroll scroll">
          <NoThreads group={group} />
        </div>
      ) : (
        <VirtualList
          key={group}
          class="list-scroll"
          items={list}
          keyOf={idOf}
          rowHeight={ROW_HEIGHT}
          current={desk.place.value?.id}
        >
          {drawRow}
        </VirtualList>
      )}
    </>
  );
}

/** What a row measures with common type; the list finds out the truth. */
const ROW_HEIGHT = 84;

function drawRow(view: ThreadView): JSX.Element {
  return <ThreadRow view={view} />;
}

function idOf(view: ThreadView): string {
  return view.id;
}

function NoThreads({ group }: { group: Group }): JSX.Element {
  const desk = useDesk();
  const { kind } = desk.client.connection.value;
  const isNew = desk.client.chat.value.me === null;
  const archive = desk.archive.value;
  if (group === 'archived' && archive === 'failed') return <Failed onRetry={() => void desk.fetchArchive()} />;
  if (isNew && kind === 'waiting') return <Failed onRetry={() => { desk.client.reconnect(); }} />;
  if (isNew || (group === 'archived' && archive !== 'there')) return <SkeletonRows rows={8} label={t('common.loading')} />;
  return (
    <EmptyState
      icon={EMPTY_ICONS[group]}
      title={t(`inbox.empty.${group}`)}
      text={t(`inbox.empty.${group}.text`)}
    />
  );
}

function Failed({ onRetry }: { onRetry: () => void }): JSX.Element {
  return (
    <EmptyState icon={AlertIcon} title={t('list.error')} text={t('error.offline')}>
      <Button onClick={onRetry}>{t('common.retry')}</Button>
    </EmptyState>
  );
}
