/** How long there is to answer, so that it counts as answered within 24 hours. The words say it; the colour only helps. */
import type { JSX } from 'preact';

import { formatWhen, t } from '../i18n';
import { formatDuration } from '../i18n/more';
import type { ThreadView } from '../protocol/generated';
import { AlertIcon, ClockIcon, SunIcon } from '../ui/parts/icons';
import { useNow } from '../ui/parts/RelativeTime';
import { useDesk } from './desk-context';
import { dueAt, urgencyOf } from './groups';
import '../ui/parts/due.css';

/** While the shop is on holiday the clock stands still. */
function Away({ until }: { until: number }): JSX.Element {
  return (
    <span class="due due-calm" title={t('inbox.due.away.hint', { time: formatWhen(until) })}>
      <SunIcon size={12} />
      {t('inbox.due.away')}
    </span>
  );
}

export function Due({ view }: { view: ThreadView }): JSX.Element | null {
  const now = useNow() + useDesk().client.chat.value.skew;
  const due = dueAt(view);
  if (due === null) return null;
  const { shop_away_until: back } = view;
  if (back !== undefined && now < back) return <Away until={back} />;
  const urgency = urgencyOf(due, now);
  const isLate = now >= due;
  const Icon = isLate ? AlertIcon : ClockIcon;
  const hint = t(isLate ? 'inbox.due.passed' : 'inbox.due.hint', { time: formatWhen(due) });
  return (
    <span class={`due due-${urgency} figures`} title={hint}>
      <Icon size={12} />
      {t(isLate ? 'inbox.due.over' : 'inbox.due.left', { time: formatDuration(Math.abs(due - now)) })}
    </span>
  );
}
