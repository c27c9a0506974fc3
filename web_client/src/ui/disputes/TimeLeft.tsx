/** How long there is, by the server's clock, and what happens then. The words say it; the colour only helps. */
import type { JSX } from 'preact';

import { formatWhen, t } from '../../i18n';
import { AlertIcon, ClockIcon } from '../parts/icons';
import { useNow } from '../parts/RelativeTime';
import { formatLeft, urgencyOf } from './left';
import './countdown.css';

export interface TimeLeftProps {
  due: number;
  /** How far this device's clock is behind the server's, in milliseconds. */
  skew: number;
  /** What happens then; only how long where it is not given: for lists. */
  then?: string | undefined;
  /** Alarms nobody: it is for others to hurry. */
  calm?: boolean;
}

export function TimeLeft({ due, skew, then, calm = false }: TimeLeftProps): JSX.Element {
  const left = due - useNow() - skew;
  const urgency = calm ? 'calm' : urgencyOf(left);
  const Icon = urgency === 'late' ? AlertIcon : ClockIcon;
  const words = left > 0 ? t('dispute.left', { time: formatLeft(left) }) : t('dispute.left.over');
  if (then === undefined) {
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
        <p class="countdown-then">{then}</p>
      </div>
    </div>
  );
}
