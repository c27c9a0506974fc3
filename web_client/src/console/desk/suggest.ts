/** What is offered while a word is written: canned replies after a slash, colleagues after an at sign. Pure. */

export interface Suggestion {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  /** What takes the place of the word. */
  readonly text: string;
}

const WORDS = { '/': /(?:^|\s)\/([\p{L}\p{N}-]{0,40})$/u, '@': /(?:^|\s)@([\p{L}\p{N}.-]{0,40})$/u } as const;

export type Sign = keyof typeof WORDS;

const MOST = 8;

/** The word after the sign at the end of a text; null where none is being written. */
export function wordAt(text: string, sign: Sign): string | null {
  return WORDS[sign].exec(text)?.[1] ?? null;
}

/** Those that begin like the word, then those that hold it. */
export function matching(all: readonly Suggestion[], word: string): Suggestion[] {
  const wanted = word.toLocaleLowerCase();
  const rank = ({ title, hint }: Suggestion): number => {
    const places = [title, hint].map((name) => name.toLocaleLowerCase().indexOf(wanted)).filter((at) => at >= 0);
    return places.length === 0 ? Infinity : Math.min(...places);
  };
  return all
    .map((one) => ({ one, place: rank(one) }))
    .filter(({ place }) => place < Infinity)
    .sort((one, other) => Number(one.place > 0) - Number(other.place > 0))
    .slice(0, MOST)
    .map(({ one }) => one);
}

/** The text with the suggestion in place of the word that was begun. */
export function completed(text: string, sign: Sign, { text: chosen }: Suggestion): string {
  const word = wordAt(text, sign);
  if (word === null) return text;
  return text.slice(0, text.length - word.length - 1) + chosen;
}

/** Which of these people a note names: "@Name", the longer names first. */
export function mentionsIn(text: string, people: readonly { id: string; name: string }[]): string[] {
  let rest = text;
  const found: string[] = [];
  for (const { id, name } of [...people].sort((one, other) => other.name.length - one.name.length)) {
    if (!rest.includes(`@${name}`)) continue;
    found.push(id);
    rest = rest.replaceAll(`@${name}`, '');
  }
  return found;
}
