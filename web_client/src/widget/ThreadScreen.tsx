/** One conversation, under a head that says with whom. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { t } from '../i18n';
import { refusalOf, type Refusal } from '../protocol/refusal';
import { otherName } from '../state/select';
import { useClient } from '../ui/client';
import { Button } from '../ui/parts/Button';
import { Avatar } from '../ui/parts/Avatar';
import { EmptyState } from '../ui/parts/EmptyState';
import { AlertIcon } from '../ui/parts/icons';
import { refusalText } from '../ui/refusals';
import { ConnectionBanner } from '../ui/threads/ConnectionBanner';
import { SubjectCard } from '../ui/threads/SubjectCard';
import { ThreadMenu } from '../ui/threads/ThreadMenu';
import { ThreadSkeleton } from '../ui/threads/ThreadSkeleton';
import { ThreadView } from '../ui/threads/ThreadView';
import { Head } from './Head';
import type { Place } from './widget';
import { useWidget } from './widget-context';

export function ThreadScreen({ place }: { place: Place }): JSX.Element | null {
  if (place.kind === 'opening') return <Opening place={place} />;
  return place.kind === 'thread' ? <OpenThread key={place.id} id={place.id} seq={place.seq} /> : null;
}

function OpenThread({ id, seq }: { id: string; seq: number | undefined }): JSX.Element {
  const client = useClient();
  const widget = useWidget();
  const thread = client.chat.value.threads.get(id);
  const view = thread?.view;
  const name = view === undefined ? '' : otherName(view);
  return (
    <>
      <Head
        title={name}
        note={thread?.online === true ? t('thread.online') : undefined}
        picture={<Avatar name={name} size={34} shape="square" online={thread?.online === true ? true : undefined} />}
      >
        {view !== undefined && <ThreadMenu view={view} onArchived={() => { widget.back(); }} />}
      </Head>
      <ConnectionBanner />
      {view !== undefined && (
        <SubjectCard view={view} onOrder={(order) => { widget.push({ kind: 'order', id: order.id }); }} />
      )}
      <ThreadView threadId={id} seq={seq} focus />
    </>
  );
}

/** Finds or makes the conversation that the host page asked for. */
function Opening({ place }: { place: Extract<Place, { kind: 'opening' }> }): JSX.Element {
  const client = useClient();
  const widget = useWidget();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const { product, order } = place;

  useEffect(() => {
    let isHere = true;
    const about = product === undefined ? { order: order ?? '' } : { product };
    setRefusal(null);
    client.open(about).then(
      ({ id }) => {
        if (isHere) widget.replace({ kind: 'thread', id });
      },
      (thrown: unknown) => {
        if (isHere) setRefusal(refusalOf(thrown));
      },
    );
    return () => {
      isHere = false;
    };
  }, [client, widget, product, order]);

  return (
    <>
      <Head title={t('home.title')} />
      {refusal === null ? (
        <ThreadSkeleton />
      ) : (
        <div class="thread-filler">
          <EmptyState icon={AlertIcon} title={t('thread.error')} text={refusalText(refusal)}>
            <Button onClick={() => { widget.replace({ ...place }); }}>{t('common.retry')}</Button>
          </EmptyState>
        </div>
      )}
    </>
  );
}
