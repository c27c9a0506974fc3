/** One text of the list, in three lines. */
import type { JSX } from 'preact';

import { formatNumber, t } from '../../i18n';
import { Badge } from '../../ui/parts/Badge';
import { CheckIcon, FlagIcon, ImageIcon, RetryIcon } from '../../ui/parts/icons';
import { RelativeTime } from '../../ui/parts/RelativeTime';
import { Stars } from '../../ui/reviews/Stars';
import { useModeration } from './context';
import { keyOf } from './lane';
import type { Judged } from './watch';
import { kindText } from './words';

export interface RowProps {
  text: Judged;
  isOpen: boolean;
  /** Null where nothing can be selected. */
  isSelected: boolean | null;
}

export function Row({ text, isOpen, isSelected }: RowProps): JSX.Element {
  const room = useModeration();
  const key = keyOf(text);
  const at = 'reports' in text ? text.reports[0]?.at : text.written_at;
  return (
    <li class="judged-row">
      {isSelected !== null && (
        <button
          type="button"
          class="tick"
          role="checkbox"
          aria-checked={isSelected}
          aria-label={`${t('console.moderation.select')}: ${text.product}`}
          onClick={() => { room.toggle(key); }}
        >
          <span class="tick-box">{isSelected && <CheckIcon size={13} />}</span>
        </button>
      )}
      <button type="button" class="entry-row" aria-current={isOpen ? 'true' : undefined} onClick={() => { room.open(key); }}>
        <span class="judged-row-line">
          <Stars stars={text.stars} size={12} />
          <span class="clip quiet">{t(`review.part.${text.part}`)}</span>
          {at !== undefined && <RelativeTime at={at} class="quiet" />}
        </span>
        <span class="clip" dir="auto">
          {text.text === '' ? t('console.moderation.only_photos') : text.text}
        </span>
        <span class="judged-row-line judged-row-foot">
          <span class="clip quiet" dir="auto">{text.product}</span>
          <Signs text={text} />
        </span>
      </button>
    </li>
  );
}

/** What a moderator wants to know before he opens it. */
function Signs({ text }: { text: Judged }): JSX.Element {
  const kinds = 'found' in text ? [...new Set(text.found.map(kindText))] : [];
  return (
    <>
      {'attempts' in text && text.attempts > 1 && (
        <Badge tone="brand" icon={RetryIcon}>
          {formatNumber(text.attempts)}
          <span class="unseen">{t('console.moderation.sent_times', { count: text.attempts })}</span>
        </Badge>
      )}
      {text.photos.length > 0 && (
        <Badge icon={ImageIcon}>{formatNumber(text.photos.length)}</Badge>
      )}
      {'reports' in text && (
        <Badge tone="warn" icon={FlagIcon}>
          {t('console.moderation.reports', { count: text.reports.length })}
        </Badge>
      )}
      {kinds[0] !== undefined && <Badge tone="warn">{kinds.length > 1 ? `${kinds[0]} +${formatNumber(kinds.length - 1)}` : kinds[0]}</Badge>}
    </>
  );
}
