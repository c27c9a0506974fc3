/** What somebody was told beside his conversations, newest first. What is shown here has been seen. */
import type { JSX } from 'preact';
import { useCallback, useEffect } from 'preact/hooks';

import { t } from '../../i18n';
import type { Notice } from '../../protocol/generated';
import { NoticeItem } from '../../ui/notices/NoticeItem';
import { Button } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon, BellIcon } from '../../ui/parts/icons';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { refusalText } from '../../ui/refusals';
import { ConnectionBanner } from '../../ui/threads/ConnectionBanner';
import { usePages, type Pages } from '../../ui/use-pages';
import { Head } from '../Head';
import { useReviews } from '../reviews/of';
import { useWidget } from '../widget-context';
import { screenOf } from './opening';

export function NoticesScreen(): JSX.Element {
  const widget = useWidget();
  const { api } = useReviews();
  const load = useCallback(
    async (before: string) => {
      const { notices, next = '' } = await api.notices('mine', before);
      return { items: notices, next };
    },
    [api],
  );
  const pages = usePages<Notice>(load);
  useNews(pages);
  useSeen(pages.items?.[0]?.id);

  return (
    <>
      <Head title={t('notice.title')} />
      <ConnectionBanner />
      <div class="list scroll" onScroll={pages.onScroll}>
        {pages.items === null && pages.refusal === null && <SkeletonRows label={t('common.loading')} />}
        {pages.refusal !== null && (
          <EmptyState icon={AlertIcon} title={t('notice.error')} text={refusalText(pages.refusal)}>
            <Button onClick={pages.again}>{t('common.retry')}</Button>
          </EmptyState>
        )}
        {pages.items?.length === 0 && <EmptyState icon={BellIcon} title={t('notice.none')} text={t('notice.none.text')} />}
        {pages.items?.map((notice) => (
          <NoticeItem key={notice.id} notice={notice} onOpen={(opened) => { widget.push(screenOf(opened)); }} />
        ))}
      </div>
    </>
  );
}

/** What comes while one looks stands on top. It may come twice. */
function useNews({ change }: Pages<Notice>): void {
  const lobby = useWidget().lobby.value;
  useEffect(
    () =>
      lobby?.listen({
        noticed: (notice) => {
          if (notice.shop_id === undefined) change((held) => [notice, ...held.filter(({ id }) => id !== notice.id)]);
        },
      }),
    [lobby, change],
  );
}

/** All up to the newest has been seen; the dots stay for this visit. */
function useSeen(newest: string | undefined): void {
  const { api } = useReviews();
  const lobby = useWidget().lobby.value;
  const unread = lobby?.chat.value.notices.mine ?? 0;
  useEffect(() => {
    if (newest === undefined || unread === 0) return;
    // Who is offline has not told it; the next visit does.
    api.readNotices({ side: 'mine', until: newest }).then(() => lobby?.take({ t: 'notices.read', side: 'mine', unread: 0 }), () => undefined);
  }, [api, lobby, newest, unread]);
}
