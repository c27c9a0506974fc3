/** Entries while they are written. Pure. */
import type { FaqEntry, FaqShelf, TurnRef } from '../../protocol/generated';

/** What the editor is to open with. */
export type Wish =
  | {
      readonly kind: 'entry';
      readonly id: string;
      /** Phrasings to add in a language. */
      readonly add?: { readonly language: string; readonly phrasings: readonly string[] };
      /** Unanswered questions that publishing settles. */
      readonly settles?: readonly TurnRef[];
    }
  | { readonly kind: 'new'; readonly entry: FaqEntry; readonly settles?: readonly TurnRef[] };

export function blank(): FaqEntry {
  return { id: '', group: 'orders', wordings: {} };
}

/** An entry with more phrasings in a language; those that it has already are not added again. */
export function withPhrasings(entry: FaqEntry, language: string, more: readonly string[]): FaqEntry {
  const wording = entry.wordings[language] ?? { question: '', answer: '' };
  const phrasings = [...new Set([...(wording.phrasings ?? []), ...more])];
  return { ...entry, wordings: { ...entry.wordings, [language]: { ...wording, phrasings } } };
}

/** Languages that say nothing are left out; a phrasing a line, without empty ones. */
export function tidied(entry: FaqEntry): FaqEntry {
  const wordings = Object.fromEntries(
    Object.entries(entry.wordings)
      .map(([language, { question, answer, phrasings }]) => {
        const kept = (phrasings ?? []).map((line) => line.trim()).filter((line) => line !== '');
        return [language, { question: question.trim(), answer: answer.trim(), phrasings: kept }] as const;
      })
      .filter(([, { question, answer, phrasings }]) => question !== '' || answer !== '' || phrasings.length > 0),
  );
  return { ...entry, id: entry.id.trim(), wordings };
}

/** How an entry is called in the reader's language, else in English, else in any. */
export function titleOf(shelf: FaqShelf, id: string, language: string): string {
  const questions = shelf.entries.find((entry) => entry.id === id)?.questions ?? {};
  return questions[language] ?? questions['en'] ?? Object.values(questions)[0] ?? id;
}

/** A name for a new entry, made of the words of its question. */
export function nameOf(question: string): string {
  const words = question.toLowerCase().normalize('NFKD').replace(/[^a-z0-9 ]/gu, '').split(/\s+/u);
  const name = words.filter((word) => word.length > 2).slice(0, 4).join('_').slice(0, 40);
  return /^[a-z]/u.test(name) ? name : '';
}
