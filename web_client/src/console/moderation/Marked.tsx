/** A text with what was found in it, and with words that are new: colour, a line below, and a word for each. */
import { Fragment, type JSX } from 'preact';

import { t } from '../../i18n';
import type { FoundSpan } from '../../protocol/generated';
import { cut, type Range } from './diff';
import { piecesOf, type Piece } from './spans';
import { foundText, kindText } from './words';

/** A space at which no line ends. */
const BESIDE = '\u00a0';

export interface MarkedProps {
  text: string;
  found: readonly FoundSpan[];
  added?: readonly Range[];
}

export function Marked({ text, found, added = [] }: MarkedProps): JSX.Element {
  return (
    <p class="judged-text" dir="auto">
      {piecesOf(text, found).map((piece) =>
        piece.found.length === 0 ? (
          <Changed key={piece.from} text={text} within={piece} changed={added} as="ins" />
        ) : (
          <Found key={piece.from} text={text} piece={piece} added={added} />
        ),
      )}
    </p>
  );
}

function Found({ text, piece, added }: { text: string; piece: Piece; added: readonly Range[] }): JSX.Element {
  const kinds = [...new Set(piece.found.map(kindText))];
  return (
    <mark class="found" title={piece.found.map(foundText).join(', ')}>
      <span class="found-words">
        <Changed text={text} within={piece} changed={added} as="ins" />
      </span>
      <bdi class="found-kind">{`${BESIDE}${kinds.join(', ')}`}</bdi>
    </mark>
  );
}

/** A stretch of a text; what has changed in it is said to ears as well. */
export function Changed({ text, within, changed, as: Tag }: { text: string; within: Range; changed: readonly Range[]; as: 'ins' | 'del' }): JSX.Element {
  const word = t(Tag === 'ins' ? 'console.moderation.added' : 'console.moderation.removed');
  return (
    <>
      {cut(within, changed).map(({ from, to, isIn }) =>
        isIn ? (
          <Tag key={from} class="changed" title={word}>
            {text.slice(from, to)}
          </Tag>
        ) : (
          <Fragment key={from}>{text.slice(from, to)}</Fragment>
        ),
      )}
    </>
  );
}
