/** Somebody of the other side is typing. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { Thread } from '../../state/model';
import { typingSide } from '../../state/progress';

export function TypingLine({ thread, name }: { thread: Thread; name: string }): JSX.Element | null {
  if (typingSide(thread, Date.now()) === null) return null;
  return (
    <li class="bubble-row bubble-row-theirs bubble-row-first">
      <div class="bubble bubble-first bubble-last typing">
        <span class="unseen">{t('thread.typing', { name })}</span>
        <i />
        <i />
        <i />
      </div>
    </li>
  );
}
