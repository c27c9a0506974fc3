/** One notice in a list: what happened, whose shop it is about, when. What has not been seen has a dot. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { Notice } from '../../protocol/generated';
import { AlertIcon, CircleCheckIcon, ClockIcon, FlagIcon, ReplyIcon, ScaleIcon, StarIcon, type IconPart } from '../parts/icons';
import { RelativeTime } from '../parts/RelativeTime';
import { noticeReason, noticeText } from './sentence';
import './notice-item.css';

export interface NoticeItemProps {
  notice: Notice;
  onOpen: (notice: Notice) => void;
}

type Tone = 'brand' | 'good' | 'warn';

const LOOKS: Readonly<Record<Notice['kind'], readonly [IconPart, Tone]>> = {
  rate_asked: [StarIcon, 'brand'],
  rate_reminder: [ClockIcon, 'brand'],
  review_published: [CircleCheckIcon, 'good'],
  review_refused: [AlertIcon, 'warn'],
  review_hidden: [AlertIcon, 'warn'],
  review_replied: [ReplyIcon, 'brand'],
  shop_rated: [StarIcon, 'brand'],
  shop_reviewed: [StarIcon, 'brand'],
  reply_published: [CircleCheckIcon, 'good'],
  reply_refused: [AlertIcon, 'warn'],
  reply_hidden: [AlertIcon, 'warn'],
  dispute_opened: [ScaleIcon, 'warn'],
  dispute_moved: [ScaleIcon, 'brand'],
  dispute_due: [ClockIcon, 'warn'],
  complaint_opened: [FlagIcon, 'warn'],
  complaint_moved: [FlagIcon, 'brand'],
  complaint_due: [ClockIcon, 'warn'],
  answer_due: [ClockIcon, 'warn'],
};

export function NoticeItem({ notice, onOpen }: NoticeItemProps): JSX.Element {
  const [Icon, tone] = LOOKS[notice.kind];
  const isNew = notice.read !== true;
  const reason = noticeReason(notice);
  return (
    <button
      type="button"
      class={`notice-item${isNew ? ' notice-item-new' : ''}`}
      onClick={() => {
        onOpen(notice);
      }}
    >
      <span class={`notice-mark notice-mark-${tone}`}>
        <Icon size={18} />
      </span>
      <span class="notice-words">
        <span class="notice-text">{noticeText(notice)}</span>
        <span class="notice-facts">
          {reason !== '' && <span>{reason}</span>}
          {notice.shop !== undefined && notice.shop !== '' && (
            <span>
              <bdi>{notice.shop}</bdi>
            </span>
          )}
          <RelativeTime at={notice.at} />
        </span>
      </span>
      {isNew && (
        <span class="notice-dot">
          <span class="unseen">{t('notice.new')}</span>
        </span>
      )}
    </button>
  );
}
