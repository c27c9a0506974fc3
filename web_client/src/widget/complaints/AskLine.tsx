/** Above the composer, where nobody has answered for days: a quiet way to say so. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { FlagIcon } from '../../ui/parts/icons';
import { useWidget } from '../widget-context';
import './in-thread.css';

export function AskLine({ thread, days }: { thread: string; days: number }): JSX.Element {
  const widget = useWidget();
  return (
    <button type="button" class="complaint-ask" onClick={() => { widget.push({ kind: 'complaining', thread }); }}>
      <FlagIcon size={14} />
      {t('complaint.ask', { count: days })}
    </button>
  );
}
