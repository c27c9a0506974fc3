/** A conversation of a case as a mediator reads it: who said what and when. Its photos are the parties' own, and only counted. */
import type { JSX } from 'preact';

import { formatWhen, t } from '../../i18n';
import type { DisputeView } from '../../protocol/generated';
import type { Message, ThreadEvent } from '../../state/model';
import { ImageIcon } from '../../ui/parts/icons';
import { authorName } from '../../ui/threads/author';
import { systemText } from '../../ui/threads/system-text';
import { useConsole } from '../context';

type Parties = Pick<DisputeView, 'buyer' | 'shop'>;

/** `withSteps`: what happened between the words is told as well. */
export function Said({ events, parties, withSteps = false }: { events: readonly ThreadEvent[]; parties: Parties; withSteps?: boolean }): JSX.Element {
  return (
    <ol class="said-all">
      {events.map((event) => {
        if (event.kind === 'posted') return <Words key={event.seq} message={event} parties={parties} />;
        if (!withSteps || (event.kind !== 'state' && event.kind !== 'joined')) return null;
        return (
          <li key={event.seq} class="said-step quiet">
            {systemText(event)} · <time class="figures">{formatWhen(event.at)}</time>
          </li>
        );
      })}
    </ol>
  );
}

function Words({ message, parties }: { message: Message; parties: Parties }): JSX.Element {
  const { me } = useConsole();
  const { side, at, text = '', photos = [], withdrawn = false, author } = message;
  return (
    <li class={`said said-${side}`}>
      <p class="said-head">
        <strong>
          <bdi>{author === me.id ? t('common.you') : nameOf(message, parties)}</bdi>
        </strong>
        <time class="quiet figures">{formatWhen(at)}</time>
      </p>
      {withdrawn && <p class="quiet">{t('message.withdrawn')}</p>}
      {text !== '' && <p class="said-text" dir="auto">{text}</p>}
      {photos.length > 0 && (
        <p class="said-photos quiet">
          <ImageIcon size={14} />
          {t('console.disputes.photos', { count: photos.length })}
        </p>
      )}
    </li>
  );
}

function nameOf(message: Message, { buyer, shop }: Parties): string {
  if (message.side === 'customer') return buyer.name;
  return message.side === 'shop' ? shop.name : authorName(message, t('dispute.party.mediator'));
}
