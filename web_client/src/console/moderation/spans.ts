/** Where something was found in a text. The server counts code points, a string of this language has UTF-16 units. Pure. */
import type { FoundSpan } from '../../protocol/generated';

/** A piece of a text, in UTF-16 units, and what was found there: nothing, one thing, or several that overlap. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly found: readonly FoundSpan[];
}

/** The place of every code point, and of the end. */
function unitsOf(text: string): number[] {
  const units = [0];
  for (const point of text) units.push((units.at(-1) ?? 0) + point.length);
  return units;
}

/** The whole text in pieces, in order. What overlaps is one piece; what lies outside of the text is left out. */
export function piecesOf(text: string, spans: readonly FoundSpan[]): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const piece of marked(text, spans)) {
    if (piece.from > done) pieces.push({ from: done, to: piece.from, found: [] });
    pieces.push(piece);
    done = piece.to;
  }
  if (done < text.length) pieces.push({ from: done, to: text.length, found: [] });
  return pieces;
}

/** Only what was found. */
export function marked(text: string, spans: readonly FoundSpan[]): Piece[] {
  const units = unitsOf(text);
  const joined: { from: number; to: number; found: FoundSpan[] }[] = [];
  for (const span of [...spans].sort((one, other) => one.start - other.start)) {
    const [from, to] = [units[Math.max(0, span.start)] ?? text.length, units[span.end] ?? text.length];
    const last = joined.at(-1);
    if (from >= to) continue;
    if (last === undefined || from >= last.to) {
      joined.push({ from, to, found: [span] });
    } else {
      last.to = Math.max(last.to, to);
      last.found.push(span);
    }
  }
  return joined;
}
