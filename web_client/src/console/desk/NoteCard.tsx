/** A private note among the messages: tinted, with a lock, so that nobody takes it for something the customer reads. */
import type { JSX } from 'preact';

import { formatTime, t } from '../../i18n';
import type { Note } from '../../protocol/generated';
import { LockIcon } from '../../ui/parts/icons-desk';
import { RichText } from '../../ui/threads/RichText';
import { useDesk } from './desk-context';
import './note.css';

export function NoteCard({ note }: { note: Note }): JSX.Element {
  const desk = useDesk();
  const name = note.author.id === desk.me ? t('common.you') : note.author.name;
  const isForMe = (note.mentions ?? []).includes(desk.me);
  return (
    <li class={`note${isForMe ? ' note-mine' : ''}`} aria-label={t('console.desk.note.from', { name, time: formatTime(note.at) })}>
      <p class="note-head">
        <LockIcon size={13} />
        <span>{t('console.desk.note')}</span>
        <bdi class="note-author">{name}</bdi>
        <time class="figures">{formatTime(note.at)}</time>
      </p>
      <RichText text={note.text} class="note-text" />
    </li>
  );
}
