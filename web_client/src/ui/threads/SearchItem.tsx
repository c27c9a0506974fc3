/** A message that was found: where, when, and the words around what was looked for. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { SearchHit } from '../../protocol/generated';
import { otherName } from '../../state/select';
import { useClient } from '../client';
import { RelativeTime } from '../parts/RelativeTime';
import { SubjectPicture } from './SubjectPicture';
import './thread-item.css';
import './search-item.css';

export interface SearchItemProps {
  hit: SearchHit;
  words: string;
  onOpen: (hit: SearchHit) => void;
}

export function SearchItem({ hit, words, onOpen }: SearchItemProps): JSX.Element {
  const client = useClient();
  const { thread, message } = hit;
  const isMine = message.author !== undefined && message.author === client.chat.value.me?.id;
  return (
    <button
      type="button"
      class="thread-item"
      onClick={() => {
        onOpen(hit);
      }}
    >
      <SubjectPicture view={thread} size={44} />
      <span class="thread-item-words">
        <span class="thread-item-line">
          <span class="thread-item-name clip" dir="auto">
            {otherName(thread)}
          </span>
          <RelativeTime at={message.at} class="thread-item-time" />
        </span>
        <span class="thread-item-said search-words" dir="auto">
          {isMine && `${t('common.you')}: `}
          {marked(message.text ?? '', words).map(([part, isHit], index) => (isHit ? <mark key={index}>{part}</mark> : part))}
        </span>
      </span>
    </button>
  );
}

/** So much is shown before the first hit. */
const BEFORE = 40;

/** The text from shortly before the first hit, cut at each hit. */
export function marked(text: string, words: string): [part: string, isHit: boolean][] {
  const terms = words.split(/\s+/u).filter((word) => word !== '').map((word) => word.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&'));
  const pattern = new RegExp(`(${terms.join('|')})`, 'giu');
  const first = text.search(pattern);
  const start = first > BEFORE ? text.lastIndexOf(' ', first - BEFORE / 2) + 1 : 0;
  const shown = (start > 0 ? '…' : '') + text.slice(start);
  return shown.split(pattern).map((part, index) => [part, index % 2 === 1]);
}
