/** Under the head of a conversation: the complaint about it, how it stands, and the way to it. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { ComplaintView } from '../../protocol/generated';
import { ComplaintState } from '../../ui/complaints/ComplaintState';
import { TimeLeft } from '../../ui/disputes/TimeLeft';
import { useClient } from '../../ui/client';
import { ChevronRightIcon } from '../../ui/parts/icons';
import { useWidget } from '../widget-context';
import './in-thread.css';

export function ThreadCard({ view }: { view: ComplaintView }): JSX.Element {
  const widget = useWidget();
  const { skew } = useClient().chat.value;
  const { due_at: due, decision = '' } = view;
  return (
    <button type="button" class="complaint-card" onClick={() => { widget.push({ kind: 'complaint', id: view.id }); }}>
      <span class="complaint-card-words">
        <span class="complaint-card-line">
          <span class="complaint-card-name">{t('complaint.title')}</span>
          <ComplaintState view={view} />
          {due !== undefined && <TimeLeft due={due} skew={skew} calm={view.waits_for !== 'buyer'} />}
        </span>
        {decision !== '' && <span class="complaint-card-said clip" dir="auto">{decision}</span>}
      </span>
      <span class="unseen">{t('complaint.show')}</span>
      <ChevronRightIcon size={16} />
    </button>
  );
}
