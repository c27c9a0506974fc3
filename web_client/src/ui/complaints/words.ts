/** Complaints in words. Needs the parts `disputes` and `more` of the catalogs. */
import { formatWhen, locale, t } from '../../i18n';
import { intlTag } from '../../i18n/locales';
import { formatDuration } from '../../i18n/more';
import type { ComplaintView, ResponseFigure } from '../../protocol/generated';

const MINUTE_MS = 60_000;

/** Whether nothing more can happen. */
export function isOver({ state }: Pick<ComplaintView, 'state'>): boolean {
  return state === 'upheld' || state === 'rejected' || state === 'solved' || state === 'withdrawn';
}

/** What happens where nobody does anything; empty where nothing does. */
export function thenText({ then = '', due_at: due }: Pick<ComplaintView, 'then' | 'due_at'>): string {
  return then === '' || due === undefined ? '' : t(`complaint.then.${then}`, { date: formatWhen(due) });
}

/** How a shop answers, in a sentence or two. */
export function responseText({ per_mille: perMille, median_ms: median }: ResponseFigure): string {
  const rate = perMille === null ? t('complaint.rate.none') : t('complaint.rate', { percent: percent(perMille) });
  return median === null ? rate : `${rate} ${t('complaint.median', { time: formatDuration(Math.max(median, MINUTE_MS)) })}`;
}

function percent(perMille: number): string {
  return new Intl.NumberFormat(intlTag(locale.value), { style: 'percent', maximumFractionDigits: 1 }).format(perMille / 1000);
}
