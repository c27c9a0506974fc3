/** One conversation, under a head that says with whom. */
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';

import { t } from '../i18n';
import { formatDate } from '../i18n/more';
import { refusalOf, type Refusal } from '../protocol/refusal';
import type { Action, ThreadView as View } from '../protocol/generated';
import { storable } from '../protocol/texts';
import { isHelp, isSupport, otherName, threadsOf } from '../state/select';
import type { Client } from '../state/client';
import { useClient } from '../ui/client';
import { Button } from '../ui/parts/Button';
import { Avatar } from '../ui/parts/Avatar';
import '../ui/parts/avatar-dot.css';
import { EmptyState } from '../ui/parts/EmptyState';
import { AlertIcon, FlagIcon } from '../ui/parts/icons';
import type { MenuItem } from '../ui/parts/Menu';
import { supportNote } from '../ui/answers/note';
import { QueueLine } from '../ui/answers/QueueLine';
import { refusalText } from '../ui/refusals';
import { ConnectionBanner } from '../ui/threads/ConnectionBanner';
import { SubjectCard } from '../ui/threads/SubjectCard';
import { SupportMark } from '../ui/threads/SupportMark';
import type { Help } from '../ui/threads/talk';
import { ThreadMenu } from '../ui/threads/ThreadMenu';
import { ThreadSkeleton } from '../ui/threads/ThreadSkeleton';
import { ThreadView } from '../ui/threads/ThreadView';
import { AskLine } from './complaints/AskLine';
import { useComplaintsIn } from './complaints/in-thread';
import { ThreadCard } from './complaints/ThreadCard';
import { Head } from './Head';
import { statusOf, suggestions } from './help/desk';
import { helpThread } from './visiting';
import type { Place, Question, Widget } from './widget';
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
  const online = thread?.online === true ? true : undefined;
  const asksHelp = isSupport(view);
  const { days, complaint } = useComplaintsIn(thread);
  const dispute = view?.dispute_id;
  useEffect(() => {
    // The messages of a dispute stand in its room, beside all that is decided there.
    if (dispute !== undefined) widget.replace({ kind: 'dispute', id: dispute });
  }, [widget, dispute]);
  const help = useMemo<Help>(() => ({ suggest: suggestions, status: statusOf, act: (action) => { act(widget, action); } }), [widget]);
  return (
    <>
      <Head
        title={name}
        note={noteOf(view, online)}
        picture={<Face view={view} name={name} online={online} />}
      >
        {view !== undefined && <ThreadMenu view={view} onArchived={() => { widget.back(); }} more={days === null ? [] : [askItem(widget, id, days)]} />}
      </Head>
      <ConnectionBanner />
      {thread !== undefined && <QueueLine thread={thread} statusOf={statusOf} />}
      {view !== undefined && (
        <SubjectCard view={view} onOrder={(order) => { widget.push({ kind: 'order', id: order.id }); }} />
      )}
      {complaint !== undefined && <ThreadCard view={complaint} />}
      <ThreadView threadId={id} seq={seq} focus help={asksHelp ? help : null} above={days !== null && <AskLine thread={id} days={days} />} />
    </>
  );
}

function askItem(widget: Widget, thread: string, days: number): MenuItem {
  return { id: 'complain', label: t('complaint.ask', { count: days }), icon: FlagIcon, onPick: () => { widget.push({ kind: 'complaining', thread }); } };
}

/** Support has a face of its own as long as a person of it is there. */
function Face({ view, name, online }: { view: View | undefined; name: string; online: true | undefined }): JSX.Element {
  const agent = view?.agent ?? '';
  if (!isSupport(view)) return <Avatar name={name} size={34} shape="square" online={online} />;
  return agent === '' ? <SupportMark view={view} size={34} /> : <Avatar name={agent} size={34} online={online} />;
}

/** Who answers, where it is support; until when a shop is away; and whether he is here. The bot always is. */
function noteOf(view: View | undefined, online: boolean | undefined): string | undefined {
  const isHere = online === true && (!isSupport(view) || view?.state === 'assigned');
  const away = view?.my_side === 'customer' ? view.shop_away_until : undefined;
  const parts = [supportNote(view), away === undefined ? undefined : t('thread.away', { date: formatDate(away) }), isHere ? t('thread.online') : undefined].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' · ');
}

/** Opens what a button of the bot leads to. */
function act(widget: Widget, { kind, order }: Action): void {
  if (kind === 'show_orders') widget.show('orders');
  else if (kind === 'open_dispute' && order !== undefined) widget.push({ kind: 'disputing', order });
  else if (order !== undefined) widget.push(kind === 'message_seller' ? { kind: 'opening', order } : { kind: 'order', id: order });
}

/** Finds or makes a conversation, and asks there what is to be asked. */
function Opening({ place }: { place: Extract<Place, { kind: 'opening' }> }): JSX.Element {
  const client = useClient();
  const widget = useWidget();
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  useEffect(() => {
    let isHere = true;
    const find = async (): Promise<void> => {
      const { id } = await openingOf(place, widget, client);
      // Before it is known who is here, nothing that is said would be kept.
      if (place.ask !== undefined) await client.known();
      if (!isHere) return;
      if (place.ask !== undefined) say(client, id, place.ask);
      widget.replace({ kind: 'thread', id });
    };
    setRefusal(null);
    find().catch((thrown: unknown) => {
      if (isHere) setRefusal(refusalOf(thrown));
    });
    return () => {
      isHere = false;
    };
  }, [client, widget, place]);

  return (
    <>
      <Head title={t(place.ask === undefined && place.support === undefined ? 'home.title' : 'list.support')} />
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

type OpeningPlace = Extract<Place, { kind: 'opening' }>;

/** What is known already is not asked for. */
async function openingOf({ product, order, ask, support }: OpeningPlace, widget: Widget, client: Client): Promise<Pick<View, 'id'>> {
  if (support !== undefined) return helpThread(widget, client, support);
  if (ask === undefined) return client.open(product === undefined ? { order: order ?? '' } : { product });
  const held = threadsOf(client.chat.value).find((view) => isSupport(view) && isHelp(view) && view.state === 'bot');
  return held ?? helpThread(widget, client);
}

/** Says it, if there is something to say. */
function say(client: Client, threadId: string, { text, pick }: Question): void {
  const words = Array.from(storable(text).trim()).slice(0, client.chat.value.limits.text).join('');
  if (words !== '') client.send({ threadId, text: words, photos: [], ...(pick === undefined ? {} : { pick }) });
}
