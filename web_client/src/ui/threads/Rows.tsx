/** The rows of a conversation as elements. */
import type { JSX } from 'preact';

import { formatTime, t } from '../../i18n';
import { formatDay } from '../../i18n/more';
import type { Choice, ThreadView } from '../../protocol/generated';
import type { Message } from '../../state/model';
import { progressOf } from '../../state/progress';
import { AnswerCard } from '../answers/AnswerCard';
import { StaffName } from '../answers/StaffName';
import { Bubble } from './Bubble';
import { ContactsLine } from './ContactsLine';
import { LetterBubble } from './LetterBubble';
import { ProgressMark } from './ProgressMark';
import type { Aside, Row } from './rows';
import { SystemLine } from './SystemLine';
import { authorName } from './author';

export interface RowsProps {
  rows: readonly Row[];
  view: ThreadView;
  otherName: string;
  drawAside?: ((aside: Aside) => JSX.Element) | undefined;
}

export function Rows({ rows, view, otherName, drawAside }: RowsProps): JSX.Element {
  const lastMine = rows.findLastIndex(({ kind }) => kind === 'message' || kind === 'letter');
  return (
    <>
      {rows.map((row, index) => (
        <RowPart key={row.key} row={row} view={view} otherName={otherName} drawAside={drawAside} isNewest={index === lastMine} />
      ))}
    </>
  );
}

interface RowPartProps extends Omit<RowsProps, 'rows'> {
  row: Row;
  /** The newest message of all says its mark in words. */
  isNewest: boolean;
}

function RowPart({ row, view, otherName, drawAside, isNewest }: RowPartProps): JSX.Element {
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
    case 'aside':
      return drawAside?.(row.aside) ?? <></>;
    case 'letter':
      return <LetterBubble letter={row.letter} place={row.place} />;
    case 'message': {
      const { message, mine, own, place } = row;
      const isStaff = view.my_side === 'staff';
      const foot = (
        <>
          {own && <ContactsLine message={message} />}
          {place.last && <Foot row={row} view={view} worded={isNewest} />}
          {isStaff && message.card?.choices !== undefined && <Offered choices={message.card.choices} />}
          {message.card !== undefined && !isStaff && <AnswerCard message={message} card={message.card} isNewest={isNewest} />}
        </>
      );
      const name = own ? t('common.you') : authorName(message, otherName);
      const isNamed = place.first && !own && (isStaff ? mine : message.side === 'staff');
      const head = isNamed ? <Voice name={name} message={message} isStaff={isStaff} /> : null;
      return <Bubble message={message} mine={mine} place={place} name={name} foot={foot} head={head} />;
    }
  }
}

/** What the bot has offered, for those who only read it. */
function Offered({ choices }: { choices: readonly Choice[] }): JSX.Element {
  return (
    <ul class="offered">
      {choices.map(({ pick, label }) => (
        <li key={pick} dir="auto">
          {label}
        </li>
      ))}
    </ul>
  );
}

/** Whose words these are; at the desk everybody knows that colleagues are of support. */
function Voice({ name, message, isStaff }: { name: string; message: Message; isStaff: boolean }): JSX.Element {
  if (!isStaff) return <StaffName name={message.name ?? ''} />;
  return (
    <p class="voice-name clip">
      <bdi>{name}</bdi>
    </p>
  );
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
