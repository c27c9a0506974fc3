/** Which words of a text were taken out, and which are new. Pure. */

/** A place in a text, in UTF-16 units. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Changes {
  /** In the text before. */
  readonly removed: readonly Range[];
  /** In the text now. */
  readonly added: readonly Range[];
}

interface Word extends Range {
  readonly text: string;
}

/** The words that both have in the same order stay, as many as can be; what is between them has changed. */
export function changes(before: string, now: string): Changes {
  const [old, fresh] = [wordsOf(before), wordsOf(now)];
  const start = alike(old, fresh);
  const end = alike(old.slice(start).reverse(), fresh.slice(start).reverse());
  const [oldMiddle, freshMiddle] = [old.slice(start, old.length - end), fresh.slice(start, fresh.length - end)];
  const kept = keptOf(oldMiddle, freshMiddle);
  return {
    removed: joined(oldMiddle, new Set(kept.map(([at]) => at))),
    added: joined(freshMiddle, new Set(kept.map(([, at]) => at))),
  };
}

function wordsOf(text: string): Word[] {
  return [...text.matchAll(/\S+/gu)].map(({ 0: word, index }) => ({ text: word, from: index, to: index + word.length }));
}

/** How many words both begin with. */
function alike(one: readonly Word[], other: readonly Word[]): number {
  let count = 0;
  while (count < one.length && one[count]?.text === other[count]?.text) count += 1;
  return count;
}

/** Pairs of places of the longest common sequence. */
function keptOf(old: readonly Word[], fresh: readonly Word[]): [number, number][] {
  const width = fresh.length + 1;
  const lengths = new Uint16Array((old.length + 1) * width);
  const lengthAt = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = fresh.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        old[row]?.text === fresh[column]?.text
          ? lengthAt(row + 1, column + 1) + 1
          : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1));
    }
  }
  const kept: [number, number][] = [];
  let [row, column] = [0, 0];
  while (row < old.length && column < fresh.length) {
    if (old[row]?.text === fresh[column]?.text) {
      kept.push([row, column]);
      row += 1;
      column += 1;
    } else if (lengthAt(row + 1, column) >= lengthAt(row, column + 1)) row += 1;
    else column += 1;
  }
  return kept;
}

/** The words that were not kept; neighbours are one place. */
function joined(words: readonly Word[], kept: ReadonlySet<number>): Range[] {
  const places: { from: number; to: number }[] = [];
  words.forEach(({ from, to }, at) => {
    if (kept.has(at)) return;
    const last = places.at(-1);
    if (last !== undefined && at > 0 && !kept.has(at - 1)) last.to = to;
    else places.push({ from, to });
  });
  return places;
}

/** A stretch of a text in pieces, at the edges of these places. */
export function cut({ from, to }: Range, ranges: readonly Range[]): (Range & { isIn: boolean })[] {
  const pieces: (Range & { isIn: boolean })[] = [];
  let done = from;
  for (const range of ranges) {
    const [begins, ends] = [Math.max(range.from, done), Math.min(range.to, to)];
    if (begins >= ends) continue;
    if (begins > done) pieces.push({ from: done, to: begins, isIn: false });
    pieces.push({ from: begins, to: ends, isIn: true });
    done = ends;
  }
  if (done < to) pieces.push({ from: done, to, isIn: false });
  return pieces;
}
