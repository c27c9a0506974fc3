/** How far an own message has come. The mark tells the truth: one tick is on the server's disk, not on its way. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { Progress } from '../../state/progress';
import { CheckCheckIcon, CheckIcon, ClockIcon } from '../parts/icons';

export interface ProgressMarkProps {
  progress: Progress | 'sending';
  /** Says the word beside the sign. */
  worded?: boolean;
}

const SIGNS = { sending: ClockIcon, sent: CheckIcon, delivered: CheckCheckIcon, read: CheckCheckIcon } as const;

export function ProgressMark({ progress, worded = false }: ProgressMarkProps): JSX.Element {
  const Sign = SIGNS[progress];
  return (
    <span class={`progress progress-${progress}`}>
      <Sign size={14} />
      <span class={worded ? '' : 'unseen'}>{t(`message.${progress}`)}</span>
    </span>
  );
}
