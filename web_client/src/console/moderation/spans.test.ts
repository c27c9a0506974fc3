import { describe, expect, it } from 'vitest';

import type { FoundSpan } from '../../protocol/generated';
import { marked, piecesOf } from './spans';

/** A span as the server gives it, around these words: counted in code points, as Python does. */
function around(text: string, words: string, kind = 'phone'): FoundSpan {
  const start = Array.from(text.slice(0, text.indexOf(words))).length;
  return { kind, start, end: start + Array.from(words).length };
}

/** What is marked, with the kinds. */
function shown(text: string, spans: readonly FoundSpan[]): [string, string][] {
  return marked(text, spans).map(({ from, to, found }) => [text.slice(from, to), found.map(({ kind }) => kind).join('+')]);
}

describe('what was found', () => {
  it('stands where it stands in plain text', () => {
    const text = 'Call 069 123 456 today';
    expect(shown(text, [around(text, '069 123 456')])).toEqual([['069 123 456', 'phone']]);
  });

  it.each([
    ['emoji before it', '😀🎉 write to a@b.md'],
    ['an emoji of several code points', '👩‍👩‍👧 and 🏳️‍🌈 a@b.md'],
    ['letters outside of the first plane', '𝐇𝐞𝐥𝐥𝐨 a@b.md 𝒚𝒐𝒖'],
    ['Arabic around it', 'اكتبوا لي على a@b.md من فضلكم'],
    ['marks that join their letters', 'é ñ اَلْ a@b.md'],
  ])('stands in the right place with %s', (_, text) => {
    expect(shown(text, [around(text, 'a@b.md', 'email')])).toEqual([['a@b.md', 'email']]);
  });

  it('never cuts a surrogate pair', () => {
    const text = 'a😀😀b';
    expect(shown(text, [{ kind: 'insult', start: 1, end: 2 }])).toEqual([['😀', 'insult']]);
    expect(shown(text, [{ kind: 'insult', start: 2, end: 4 }])).toEqual([['😀b', 'insult']]);
  });

  it('is one mark with both kinds where two overlap', () => {
    const text = 'tel 069 123 456 fool';
    const spans = [{ kind: 'insult', start: 12, end: 20 }, around(text, '069 123 456')];
    expect(shown(text, spans)).toEqual([['069 123 456 fool', 'phone+insult']]);
  });

  it('stays apart where two only touch', () => {
    expect(shown('abcd', [{ kind: 'link', start: 0, end: 2 }, { kind: 'insult', start: 2, end: 4 }])).toEqual([
      ['ab', 'link'],
      ['cd', 'insult'],
    ]);
  });

  it('is cut at the end of the text, and left out beyond it or where it is empty', () => {
    const spans = [{ kind: 'link', start: 2, end: 99 }, { kind: 'link', start: 50, end: 60 }, { kind: 'link', start: 1, end: 1 }];
    expect(shown('ab😀', spans)).toEqual([['😀', 'link']]);
  });
});

describe('pieces', () => {
  it.each([['', []], ['plain', []], ['😀 call 069 now 😀', [{ kind: 'phone', start: 7, end: 10 }]]] as [string, FoundSpan[]][])(
    'make up the whole of %j',
    (text, spans) => {
      const pieces = piecesOf(text, spans);
      expect(pieces.map(({ from, to }) => text.slice(from, to)).join('')).toBe(text);
      expect(pieces.filter(({ found }) => found.length > 0)).toHaveLength(spans.length);
    },
  );
});
