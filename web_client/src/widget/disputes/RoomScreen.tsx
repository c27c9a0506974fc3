/** The room of one dispute: how it stands and what can be done, and beside it the messages of all who take part. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { DisputeView } from '../../protocol/generated';
import { useClient } from '../../ui/client';
import { panelId, tabId, Tabs } from '../../ui/parts/Tabs';
import '../../ui/parts/tabs-line.css';
import { ThreadView } from '../../ui/threads/ThreadView';
import { CaseFrame } from '../cases/CaseFrame';
import { useCase } from '../cases/use-case';
import type { Place } from '../widget';
import { useDisputes } from './of';
import { Overview } from './Overview';
import './room.css';

export function RoomScreen({ place }: { place: Place }): JSX.Element | null {
  return place.kind === 'dispute' ? <Room key={place.id} id={place.id} /> : null;
}

function Room({ id }: { id: string }): JSX.Element {
  const looked = useCase(useDisputes(), id, turnOf);
  return (
    <CaseFrame title={t('dispute.title')} fault={t('dispute.error')} looked={looked}>
      {(view) => <Sides view={view} />}
    </CaseFrame>
  );
}

/** When a mediator may be called, or the time of whoever is waited for runs out. */
function turnOf({ escalate_from: escalate = Infinity, due_at: due = Infinity }: DisputeView): number {
  return Math.min(escalate, due);
}

type SideId = 'overview' | 'talk';

function Sides({ view }: { view: DisputeView }): JSX.Element {
  const client = useClient();
  const { thread_id: thread } = view;
  const unread = client.chat.value.threads.get(thread)?.view.unread ?? 0;
  const [side, setSide] = useState<SideId>('overview');
  useEffect(() => client.visit(thread), [client, thread]);
  return (
    <>
      <Tabs<SideId>
        name="dispute"
        label={t('dispute.title')}
        items={[
          { id: 'overview', label: t('dispute.overview') },
          { id: 'talk', label: t('dispute.talk'), count: unread, countLabel: t('list.unread', { count: unread }) },
        ]}
        current={side}
        onPick={setSide}
      />
      <div class="dispute-side" role="tabpanel" id={panelId('dispute', side)} aria-labelledby={tabId('dispute', side)}>
        {side === 'overview' ? (
          <Overview view={view} />
        ) : (
          <>
            <p class="dispute-note">{t('dispute.talk.note')}</p>
            <ThreadView threadId={thread} name={view.shop.name} />
          </>
        )}
      </div>
    </>
  );
}
