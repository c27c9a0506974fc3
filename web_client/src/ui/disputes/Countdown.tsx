/** How long there is, by the server's clock, and what happens then. The words say it; the colour only helps. */
import type { JSX } from 'preact';

import { formatWhen, t } from '../../i18n';
import type { DisputeView } from '../../protocol/generated';
import { AlertIcon, ClockIcon } from '../parts/icons';
import { useNow } from '../parts/RelativeTime';
import { formatLeft, urgencyOf } from './left';
import { thenText } from './words';
import './countdown.css';

export interface CountdownProps {
  view: DisputeView;
  /** How far this device's clock is behind the server's, in milliseconds. */
  skew: number;
  /** Only how long: for lists. */
  compact?: boolean;
}

/** Nothing where nothing is due, or only somebody who works here is alarmed. */
export function Countdown({ view, skew, compact = false }: CountdownProps): JSX.Element | null {
  const now = useNow() + skew;
  const { due_at: due, state } = view;
  if (due === undefined || state === 'refund_pending') return null;
  const left = due - now;
  const urgency = state === 'mediation' && view.my_side !== 'mediator' ? 'calm' : urgencyOf(left);
  const Icon = urgency === 'late' ? AlertIcon : ClockIcon;
  const words = left > 0 ? t('dispute.left', { time: formatLeft(left) }) : t('dispute.left.over');
  if (compact) {
    return (
      <span class={`countdown-compact countdown-${urgency} figures`} title={formatWhen(due)}>
        <Icon size={13} />
        {words}
      </span>
    );
  }
  return (
    <div class={`countdown countdown-${urgency}`}>
      <Icon size={20} />
      <div>
        <p class="countdown-left figures">{words}</p>
        <p class="countdown-then">{thenText(view)}</p>
      </div>
    </div>
  );
}
