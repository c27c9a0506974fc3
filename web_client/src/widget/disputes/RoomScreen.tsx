/** The room of one dispute: how it stands and what can be done, and beside it the messages of all who take part. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { DisputeView } from '../../protocol/generated';
import { refusalOf, type Refusal } from '../../protocol/refusal';
import { useClient } from '../../ui/client';
import { Button } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon } from '../../ui/parts/icons';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { panelId, tabId, Tabs } from '../../ui/parts/Tabs';
import '../../ui/parts/tabs-line.css';
import { refusalText } from '../../ui/refusals';
import { ConnectionBanner } from '../../ui/threads/ConnectionBanner';
import { ThreadView } from '../../ui/threads/ThreadView';
import { useTurn } from '../../ui/use-turn';
import { Head } from '../Head';
import type { Place } from '../widget';
import { useDisputes } from './of';
import { Overview } from './Overview';
import './room.css';

export function RoomScreen({ place }: { place: Place }): JSX.Element | null {
  return place.kind === 'dispute' ? <Room key={place.id} id={place.id} /> : null;
}

function Room({ id }: { id: string }): JSX.Element {
  const [view, refusal, again] = useDispute(id);
  return (
    <>
      <Head title={t('dispute.title')} note={view === undefined ? undefined : <bdi>{view.shop.name}</bdi>} />
      <ConnectionBanner />
      {view === undefined && refusal === null && <SkeletonRows rows={4} label={t('common.loading')} />}
      {view === undefined && refusal !== null && (
        <EmptyState icon={AlertIcon} title={t('dispute.error')} text={refusalText(refusal)}>
          <Button onClick={again}>{t('common.retry')}</Button>
        </EmptyState>
      )}
      {view !== undefined && <Sides view={view} />}
    </>
  );
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

/** As it stands; looked at anew when its time turns. */
function useDispute(id: string): [DisputeView | undefined, Refusal | null, () => void] {
  const client = useClient();
  const mine = useDisputes();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const view = mine.all.value?.get(id);
  const look = useCallback(() => {
    mine.look(id).then(() => { setRefusal(null); }, (thrown: unknown) => { setRefusal(refusalOf(thrown)); });
  }, [mine, id]);
  useEffect(look, [look, client.connection.value.kind === 'open']);

  useTurn(Math.min(view?.escalate_from ?? Infinity, view?.due_at ?? Infinity), look);
  return [view, refusal, look];
}
