/** One message: what it says, what it answers, its photos. What may be done with it is in its menu. */
import type { JSX } from 'preact';

import { formatTime, t } from '../../i18n';
import type { Message } from '../../state/model';
import { MessageMenu } from './MessageMenu';
import { PhotoGrid } from './PhotoGrid';
import { Quote } from './Quote';
import { RichText } from './RichText';
import type { Place } from './rows';
import { useTalk } from './talk';
import './bubble.css';

export interface BubbleProps {
  message: Message;
  mine: boolean;
  place: Place;
  /** Who said it, as the reader calls them. */
  name: string;
  /** What stands below it: the line under the last bubble of a group, the buttons of an answer. */
  foot: JSX.Element;
  /** What stands above it. */
  head?: JSX.Element | null;
}

export function Bubble({ message, mine, place, name, foot, head = null }: BubbleProps): JSX.Element {
  const talk = useTalk();
  const wanted = talk.wanted.value === message.seq ? ' bubble-row-wanted' : '';
  return (
    <li
      class={`bubble-row ${sideClass(mine)}${place.first ? ' bubble-row-first' : ''}${wanted}`}
      data-seq={message.seq}
      data-side={message.side}
      aria-label={t('message.from', { name, time: formatTime(message.at) })}
    >
      {head}
      <div class="bubble-line">
        <div class={bubbleClass(message, place)}>
          {message.withdrawn === true ? <Tombstone mine={mine} /> : <Content message={message} name={name} />}
        </div>
        {message.withdrawn !== true && <MessageMenu message={message} mine={mine} />}
      </div>
      {foot}
    </li>
  );
}

export function sideClass(mine: boolean): string {
  return mine ? 'bubble-row-mine' : 'bubble-row-theirs';
}

function bubbleClass(message: Message, place: Place): string {
  const bare = (message.text ?? '') === '' && message.reply_to === undefined && message.withdrawn !== true;
  const parts = ['bubble', place.first ? 'bubble-first' : '', place.last ? 'bubble-last' : ''];
  if (bare) parts.push('bubble-bare');
  if (message.withdrawn === true) parts.push('bubble-gone');
  return parts.join(' ');
}

function Content({ message, name }: { message: Message; name: string }): JSX.Element {
  const talk = useTalk();
  const { text = '', photos = [] } = message;
  return (
    <>
      {message.reply_to !== undefined && <Quote seq={message.reply_to} />}
      {photos.length > 0 && (
        <PhotoGrid
          photos={photos}
          name={name}
          onOpen={(index) => {
            talk.lightbox.value = { message, index };
          }}
        />
      )}
      {text !== '' && <RichText text={text} class={isEmojiOnly(text) ? 'bubble-emoji' : 'bubble-text'} />}
      {message.edited_at !== undefined && <p class="bubble-edited">{t('message.edited')}</p>}
    </>
  );
}

function Tombstone({ mine }: { mine: boolean }): JSX.Element {
  return <p class="bubble-text">{t(mine ? 'message.withdrawn.mine' : 'message.withdrawn')}</p>;
}

/** Up to three emoji and nothing else are shown large. */
export function isEmojiOnly(text: string): boolean {
  const signs = text.replace(/\s/gu, '');
  return /^(?:\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier}|\u200d\p{Extended_Pictographic})*){1,3}$/u.test(signs);
}
