/** Where the searched words stand in a text. Pure: the marks are drawn elsewhere. */

export interface Piece {
  readonly text: string;
  readonly isHit: boolean;
}

const AROUND = 60;

/** Letters as the search sees them: without case and marks, one for one, so that places stay the same. */
function folded(text: string): string {
  return Array.from({ length: text.length }, (_, at) => text.charAt(at)).map((unit) => unit.normalize('NFD').charAt(0).toLowerCase().charAt(0) || unit).join('');
}

/** The places of all words, in order, joined where they touch. */
function placesOf(text: string, query: string): [number, number][] {
  const body = folded(text);
  const words = [...new Set(folded(query).split(/\s+/u).filter((word) => word !== ''))];
  const found = words.flatMap((word) => allOf(body, word)).sort(([one], [other]) => one - other);
  return found.reduce<[number, number][]>((joined, [from, to]) => {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
    return joined;
  }, []);
}

function allOf(body: string, word: string): [number, number][] {
  const places: [number, number][] = [];
  for (let at = body.indexOf(word); at >= 0; at = body.indexOf(word, at + word.length)) {
    places.push([at, at + word.length]);
  }
  return places;
}

/** The text in pieces, begun shortly before the first hit where that stands far inside. */
export function highlight(text: string, query: string): Piece[] {
  const line = text.replace(/\s+/gu, ' ').trim();
  const first = placesOf(line, query)[0]?.[0] ?? 0;
  const shown = first > AROUND ? `…${line.slice(line.lastIndexOf(' ', first - AROUND / 2) + 1)}` : line;
  const pieces: Piece[] = [];
  let done = 0;
  for (const [from, to] of placesOf(shown, query)) {
    if (from > done) pieces.push({ text: shown.slice(done, from), isHit: false });
    pieces.push({ text: shown.slice(from, to), isHit: true });
    done = to;
  }
  if (done < shown.length) pieces.push({ text: shown.slice(done), isHit: false });
  return pieces;
}
