/** Above the conversations: what one was told last, how much of it is new, and the way to all of it. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { Notice } from '../../protocol/generated';
import { noticeText } from '../../ui/notices/sentence';
import { useLobby } from '../../ui/lobby';
import { Count } from '../../ui/parts/Count';
import { BellIcon } from '../../ui/parts/icons';
import { RelativeTime } from '../../ui/parts/RelativeTime';
import { useReviews } from '../reviews/of';
import { useWidget } from '../widget-context';
import './notices-row.css';

export function NoticesRow(): JSX.Element {
  const widget = useWidget();
  const unread = useLobby().chat.value.notices.mine;
  const newest = useNewest();
  return (
    <button type="button" class={`notices-row${unread > 0 ? ' notices-row-new' : ''}`} onClick={() => { widget.push({ kind: 'notices' }); }}>
      <span class="notices-row-mark">
        <BellIcon size={20} />
      </span>
      <span class="notices-row-words">
        <span class="notices-row-line">
          <span class="notices-row-name">{t('notice.title')}</span>
          {newest !== null && newest !== undefined && <RelativeTime at={newest.at} class="quiet" />}
        </span>
        <span class="notices-row-line">
          <span class="notices-row-last clip">{newest === null ? t('notice.none') : newest !== undefined && noticeText(newest)}</span>
          <Count count={unread} label={t('notice.unread', { count: unread })} />
        </span>
      </span>
    </button>
  );
}

/** Null: there is none; undefined: it is not known yet. */
function useNewest(): Notice | null | undefined {
  const { api } = useReviews();
  const lobby = useLobby();
  const [newest, setNewest] = useState<Notice | null>();
  useEffect(() => {
    let isHere = true;
    api.notices('mine').then(
      ({ notices: [first] }) => {
        if (isHere) setNewest((held) => held ?? first ?? null);
      },
      () => undefined,
    );
    const stop = lobby.listen({
      noticed: (notice) => {
        if (notice.shop_id === undefined) setNewest(notice);
      },
    });
    return () => {
      isHere = false;
      stop();
    };
  }, [api, lobby]);
  return newest;
}
