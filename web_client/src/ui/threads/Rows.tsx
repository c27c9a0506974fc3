/** The rows of a conversation as elements. */
import type { JSX } from 'preact';

import { formatTime, t } from '../../i18n';
import { formatDay } from '../../i18n/more';
import type { ThreadView } from '../../protocol/generated';
import { progressOf } from '../../state/progress';
import { AnswerCard } from '../answers/AnswerCard';
import { Bubble } from './Bubble';
import { LetterBubble } from './LetterBubble';
import { ProgressMark } from './ProgressMark';
import type { Row } from './rows';
import { SystemLine } from './SystemLine';
import { authorName } from './author';

export interface RowsProps {
  rows: readonly Row[];
  view: ThreadView;
  otherName: string;
}

export function Rows({ rows, view, otherName }: RowsProps): JSX.Element {
  const lastMine = rows.findLastIndex(({ kind }) => kind === 'message' || kind === 'letter');
  return (
    <>
      {rows.map((row, index) => (
        <RowPart key={row.key} row={row} view={view} otherName={otherName} isNewest={index === lastMine} />
      ))}
    </>
  );
}

interface RowPartProps {
  row: Row;
  view: ThreadView;
  otherName: string;
  /** The newest message of all says its mark in words. */
  isNewest: boolean;
}

function RowPart({ row, view, otherName, isNewest }: RowPartProps): JSX.Element {
  switch (row.kind) {
    case 'day':
      return (
        <li class="day-line">
          <span>{formatDay(row.at)}</span>
        </li>
      );
    case 'new':
      return (
        <li class="new-line">
          <span>{t('thread.unread')}</span>
        </li>
      );
    case 'system':
      return <SystemLine event={row.event} />;
    case 'letter':
      return <LetterBubble letter={row.letter} place={row.place} />;
    case 'message': {
      const { message, mine, place } = row;
      const foot = (
        <>
          {place.last && <Foot row={row} view={view} worded={isNewest} />}
          {message.card !== undefined && <AnswerCard message={message} card={message.card} isNewest={isNewest} />}
        </>
      );
      const name = mine ? t('common.you') : authorName(message, otherName);
      return <Bubble message={message} mine={mine} place={place} name={name} foot={foot} />;
    }
  }
}

function Foot({ row, view, worded }: { row: Extract<Row, { kind: 'message' }>; view: ThreadView; worded: boolean }): JSX.Element {
  const { message, mine } = row;
  return (
    <p class="bubble-foot figures">
      <time>{formatTime(message.at)}</time>
      {mine && message.withdrawn !== true && (
        <ProgressMark progress={progressOf(view, message.seq)} worded={worded} />
      )}
    </p>
  );
}
