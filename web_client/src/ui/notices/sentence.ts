/** What a notice says. Needs the parts `reviews` and `more` of the catalogs. */
import { has, t, type MessageKey } from '../../i18n';
import { formatDate } from '../../i18n/more';
import type { Notice } from '../../protocol/generated';

/** The sentence for its kind; some kinds say it otherwise where it is about a follow-up. */
export function noticeText({ kind, title = '', shop = '', stars = 0, until, part = '' }: Notice): string {
  const exact = `notice.${kind}.${part}`;
  const key: MessageKey = has(exact) ? exact : `notice.${kind}`;
  return t(key, { title, shop, stars, date: until === undefined ? '' : formatDate(until) });
}

/** Why something was refused or hidden; empty where nothing was. */
export function noticeReason({ reason = '' }: Notice): string {
  const key = `review.reason.${reason}`;
  return has(key) ? t('notice.reason', { reason: t(key) }) : '';
}
