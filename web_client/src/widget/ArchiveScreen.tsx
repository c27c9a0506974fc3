/** Conversations that were put away. A new message brings one back by itself. */
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';

import { t } from '../i18n';
import type { ThreadView } from '../protocol/generated';
import { useLobby } from '../ui/lobby';
import { Button } from '../ui/parts/Button';
import { EmptyState } from '../ui/parts/EmptyState';
import { AlertIcon, ArchiveIcon } from '../ui/parts/icons';
import { SkeletonRows } from '../ui/parts/Skeleton';
import { ThreadItem } from '../ui/threads/ThreadItem';
import { usePages } from '../ui/use-pages';
import { Head } from './Head';
import { useWidget } from './widget-context';

export function ArchiveScreen(): JSX.Element {
  const lobby = useLobby();
  const widget = useWidget();
  const load = useCallback(
    async (before: string) => {
      const { threads, next = '' } = await lobby.http.threads({ before, archived: true });
      lobby.hold(threads);
      return { items: threads, next };
    },
    [lobby],
  );
  const pages = usePages<ThreadView>(load);
  const threads = (pages.items ?? []).map(({ id }) => lobby.chat.value.threads.get(id)?.view).filter((view) => view?.archived === true);
  const isEmpty = pages.items !== null && threads.length === 0;

  return (
    <>
      <Head title={t('list.archived')} />
      <div class="list scroll" onScroll={pages.onScroll}>
        {pages.items === null && pages.refusal === null && <SkeletonRows label={t('common.loading')} />}
        {pages.refusal !== null && (
          <EmptyState icon={AlertIcon} title={t('list.error')}>
            <Button onClick={pages.again}>{t('common.retry')}</Button>
          </EmptyState>
        )}
        {isEmpty && <EmptyState icon={ArchiveIcon} title={t('list.empty')} />}
        {threads.map((view) => view && <ThreadItem key={view.id} view={view} onOpen={({ id }) => { widget.push({ kind: 'thread', id }); }} />)}
      </div>
    </>
  );
}
