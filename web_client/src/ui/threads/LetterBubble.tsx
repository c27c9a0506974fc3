/** A message that is not acknowledged yet. What was refused says why, and can be tried again or thrown away. */
import type { JSX } from 'preact';

import type { Letter } from '../../connection/outbox';
import { formatTime, t } from '../../i18n';
import { useClient } from '../client';
import { AlertIcon } from '../parts/icons';
import { refusalText } from '../refusals';
import { isEmojiOnly } from './Bubble';
import { PhotoGrid } from './PhotoGrid';
import { ProgressMark } from './ProgressMark';
import { Quote } from './Quote';
import { RichText } from './RichText';
import type { Place } from './rows';

export function LetterBubble({ letter, place }: { letter: Letter; place: Place }): JSX.Element {
  const { text, photos } = letter;
  const bare = text === '' ? ' bubble-bare' : '';
  const look = `bubble${place.first ? ' bubble-first' : ''}${place.last ? ' bubble-last' : ''}${bare}`;
  return (
    <li
      class={`bubble-row bubble-row-mine${place.first ? ' bubble-row-first' : ''}`}
      aria-label={t('message.from', { name: t('common.you'), time: formatTime(letter.at) })}
    >
      <div class="bubble-line">
        <div class={`${look} ${letter.refused ? 'bubble-refused' : 'bubble-waiting'}`}>
          {letter.replyTo !== undefined && <Quote seq={letter.replyTo} />}
          {photos.length > 0 && <PhotoGrid photos={photos} name={t('common.you')} onOpen={() => undefined} />}
          {text !== '' && <RichText text={text} class={isEmojiOnly(text) ? 'bubble-emoji' : 'bubble-text'} />}
        </div>
      </div>
      {letter.refused ? <Refused letter={letter} /> : place.last && <Waiting at={letter.at} />}
    </li>
  );
}

function Waiting({ at }: { at: number }): JSX.Element {
  return (
    <p class="bubble-foot figures">
      {formatTime(at)} <ProgressMark progress="sending" worded />
    </p>
  );
}

function Refused({ letter }: { letter: Letter }): JSX.Element {
  const client = useClient();
  return (
    <div class="bubble-foot bubble-foot-refused" role="alert">
      <AlertIcon size={14} />
      <span>
        {t('message.failed')}. {letter.refused && refusalText(letter.refused)}
      </span>
      <button
        type="button"
        class="text-button"
        onClick={() => {
          client.retry(letter.key);
        }}
      >
        {t('common.retry')}
      </button>
      <button
        type="button"
        class="text-button"
        onClick={() => {
          client.discard(letter.key);
        }}
      >
        {t('message.discard')}
      </button>
    </div>
  );
}
