/** What a complaint says by itself: the messages that wait, for how long, how the shop answers, whether it is away. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { formatDate } from '../../i18n/more';
import type { ComplaintOptions, UnansweredMessage } from '../../protocol/generated';
import { responseText } from '../../ui/complaints/words';
import { formatLeft } from '../../ui/disputes/left';
import { SunIcon } from '../../ui/parts/icons';
import { RelativeTime } from '../../ui/parts/RelativeTime';
import './complaint.css';

export type Facts = Pick<ComplaintOptions, 'messages' | 'waited_ms' | 'response' | 'hours'>;

/** `mattersAway`: whether it is for the shop to answer, and its absence stops a clock. */
export function Unanswered({ facts, mattersAway = true }: { facts: Facts; mattersAway?: boolean }): JSX.Element {
  const { messages = [], waited_ms: waited = 0, response, hours } = facts;
  const away = mattersAway ? hours?.away_until : undefined;
  return (
    <>
      {away !== undefined && (
        <p class="complaint-away">
          <SunIcon size={18} />
          {t('complaint.away', { date: formatDate(away) })}
        </p>
      )}
      <section class="dispute-part" aria-labelledby="complaint-messages">
        <div>
          <h2 id="complaint-messages">{t('complaint.messages')}</h2>
          <p class="quiet figures">{t('complaint.waited', { time: formatLeft(waited) })}</p>
        </div>
        <ul class="complaint-messages">
          {messages.map((message) => (
            <Message key={message.seq} message={message} />
          ))}
        </ul>
      </section>
      {response !== undefined && (
        <section class="dispute-part" aria-labelledby="complaint-shop">
          <h2 id="complaint-shop">{t('complaint.shop')}</h2>
          <p class="complaint-rate">{responseText(response)}</p>
        </section>
      )}
    </>
  );
}

function Message({ message: { at, text, photos = 0 } }: { message: UnansweredMessage }): JSX.Element {
  return (
    <li>
      {text !== '' && <p class="complaint-said" dir="auto">{text}</p>}
      <p class="quiet">
        {photos > 0 && `${t('list.photos', { count: photos })} · `}
        <RelativeTime at={at} />
      </p>
    </li>
  );
}
