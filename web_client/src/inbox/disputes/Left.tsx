/** How long there is, in a few words: for a row of the list. The words say it; the colour only helps. */
import type { JSX } from 'preact';

import { formatWhen, t } from '../../i18n';
import '../../ui/disputes/countdown.css';
import { formatLeft, urgencyOf } from '../../ui/disputes/left';
import { AlertIcon, ClockIcon } from '../../ui/parts/icons';
import { useNow } from '../../ui/parts/RelativeTime';
import { useDesk } from '../desk-context';

export interface LeftProps {
  due: number;
  /** What happens then; only how long where it is not given. */
  then?: string;
}

export function Left({ due, then }: LeftProps): JSX.Element {
  const left = due - useNow() - useDesk().client.chat.value.skew;
  const urgency = urgencyOf(left);
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
