/** What the people of a shop were told, newest first. Whatever is looked at here is read; what comes meanwhile comes on top. */
import type { JSX } from 'preact';
import { useCallback, useEffect } from 'preact/hooks';

import { t } from '../../i18n';
import type { Notice } from '../../protocol/generated';
import { NoticeItem } from '../../ui/notices/NoticeItem';
import { Button } from '../../ui/parts/Button';
import { Dialog } from '../../ui/parts/Dialog';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon, BellIcon } from '../../ui/parts/icons';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { refusalText } from '../../ui/refusals';
import { usePages } from '../../ui/use-pages';
import type { Desk } from '../desk';
import { useDesk } from '../desk-context';
import './notices-sheet.css';

/** To what it is about. */
function follow(desk: Desk, { shop_id: shop, review_id: review, dispute_id: dispute, complaint_id: complaint, thread_id: thread }: Notice): void {
  if (shop !== undefined && review !== undefined) desk.reviews.visit({ shop, review });
  else if (shop !== undefined && dispute !== undefined) desk.disputes.visit({ shelf: 'disputes', shop, id: dispute });
  else if (shop !== undefined && complaint !== undefined) desk.disputes.visit({ shelf: 'complaints', shop, id: complaint });
  else if (thread !== undefined) desk.visit(thread);
}

export function NoticesSheet({ onClose }: { onClose: () => void }): JSX.Element {
  const desk = useDesk();
  const { client, reviews } = desk;
  const { api } = reviews;
  const load = useCallback(
    async (before: string) => {
      const { notices, next = '' } = await api.notices('shops', before);
      return { items: notices, next };
    },
    [api],
  );
  const pages = usePages<Notice>(load);
  const { change, items } = pages;
  const newest = items?.[0]?.id;

  useEffect(
    () =>
      client.listen({
        noticed: (notice) => {
          if (notice.shop_id === undefined) return;
          change((held) => [notice, ...held.filter(({ id }) => id !== notice.id)]);
        },
      }),
    [client, change],
  );
  useEffect(() => {
    // Where it fails they stay new, and are read when this is opened next.
    if (newest !== undefined) api.readNotices({ side: 'shops', until: newest }).catch(() => undefined);
  }, [api, newest]);

  const { shops } = client.chat.value;
  // Who has one shop knows which it is about.
  const named = (notice: Notice): Notice => {
    const shop = shops.length < 2 ? undefined : shops.find(({ id }) => id === notice.shop_id);
    return shop === undefined ? notice : { ...notice, shop: shop.name };
  };
  const open = (notice: Notice): void => {
    onClose();
    follow(desk, notice);
  };

  return (
    <Dialog title={t('notice.title')} look="sheet" onClose={onClose}>
      <div class="notices scroll" onScroll={pages.onScroll}>
        {items === null && pages.refusal === null && <SkeletonRows rows={6} label={t('common.loading')} />}
        {pages.refusal !== null && (
          <EmptyState icon={AlertIcon} title={t('notice.error')} text={refusalText(pages.refusal)} compact>
            <Button onClick={pages.again}>{t('common.retry')}</Button>
          </EmptyState>
        )}
        {items?.length === 0 && <EmptyState icon={BellIcon} title={t('notice.none')} text={t('notice.none.text')} />}
        <ul aria-live="polite" aria-relevant="additions">
          {items?.map((notice) => (
            <li key={notice.id}>
              <NoticeItem notice={named(notice)} onOpen={open} />
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
