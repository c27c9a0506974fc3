import { describe, expect, it } from 'vitest';

import type { Letter } from '../../connection/outbox';
import type { Message, ThreadEvent } from '../../state/model';
import { isEmojiOnly } from './Bubble';
import { rowsOf, type Row } from './rows';
import { marked } from './SearchItem';

const ME = '0000000000000101';
const NOON = new Date(2027, 0, 15, 12, 0, 0).getTime();

function message(seq: number, at: number, author = ME, key?: string): Message {
  return { kind: 'posted', seq, at, side: author === ME ? 'customer' : 'shop', author, text: String(seq), ...(key === undefined ? {} : { client_key: key }) };
}

function letter(key: string, at: number): Letter {
  return { key, threadId: '1', text: key, photos: [], at };
}

function rows(events: readonly ThreadEvent[], letters: readonly Letter[] = [], readUpTo: number | null = null): Row[] {
  return rowsOf({ events, letters, me: ME, readUpTo });
}

const kinds = (all: readonly Row[]): string[] => all.map(({ kind }) => kind);

describe('the rows of a conversation', () => {
  it('put asides after the event that they follow, and hold back those of pages that are not here', () => {
    const events = [message(5, NOON), message(6, NOON), message(7, NOON)];
    const asides = [2, 4, 5, 5, 9].map((after, at) => ({ key: `aside ${String(at)}`, after, at: NOON }));

    const all = rowsOf({ events, letters: [letter('k', NOON)], me: ME, readUpTo: null, asides });
    expect(all.map(({ key }) => key).slice(1)).toEqual(['aside 1', '5', 'aside 2', 'aside 3', '6', '7', 'aside 4', 'k']);
  });

  it('stand at the desk on the side of the house, whoever of it has spoken', () => {
    const said = (seq: number, side: Message['side'], author?: string): Message => ({ kind: 'posted', seq, at: NOON, side, ...(author === undefined ? {} : { author }) });
    const events = [said(1, 'customer', 'c'), said(2, 'bot'), said(3, 'staff', 'colleague'), said(4, 'staff', ME)];

    const all = rowsOf({ events, letters: [], me: ME, readUpTo: 0, isStaff: true });
    const messages = all.flatMap((row) => (row.kind === 'message' ? [row] : []));
    expect(messages.map(({ mine, own, place }) => [mine, own, place.first])).toEqual([
      [false, false, true],
      [true, false, true],
      [true, false, true],
      [true, true, true],
    ]);
    expect(kinds(all)).toEqual(['day', 'new', 'message', 'message', 'message', 'message']);
  });

  it('begin each day with its name', () => {
    const all = rows([message(1, NOON), message(2, NOON + 3_600_000), message(3, NOON + 24 * 3_600_000)]);

    expect(kinds(all)).toEqual(['day', 'message', 'message', 'day', 'message']);
  });

  it('put what one person says in one minute together', () => {
    const all = rows([message(1, NOON), message(2, NOON + 59_000), message(3, NOON + 60_000), message(4, NOON + 61_000, 'other')]);

    const places = all.flatMap((row) => (row.kind === 'message' ? [row.place] : []));
    expect(places).toEqual([
      { first: true, last: false },
      { first: false, last: true },
      { first: true, last: true },
      { first: true, last: true },
    ]);
  });

  it('show no row of their own for edits and withdrawals', () => {
    const all = rows([
      message(1, NOON),
      { kind: 'edited', seq: 2, at: NOON, side: 'customer', target: 1, text: 'x' },
      { kind: 'withdrawn', seq: 3, at: NOON, side: 'customer', target: 1 },
      { kind: 'state', seq: 4, at: NOON, side: 'system', code: 'order.shipped' },
    ]);

    expect(kinds(all)).toEqual(['day', 'message', 'system']);
  });

  it('say once where new messages of others begin', () => {
    const all = rows([message(1, NOON, 'other'), message(2, NOON), message(3, NOON, 'other'), message(4, NOON, 'other')], [], 1);

    expect(kinds(all)).toEqual(['day', 'message', 'message', 'new', 'message', 'message']);
  });

  it('keep the key of a letter when it becomes a message, and do not show both', () => {
    const before = rows([], [letter('key-1', NOON)]);
    const after = rows([message(1, NOON, ME, 'key-1')], [letter('key-1', NOON)]);

    expect(before.at(-1)?.key).toBe('key-1');
    expect(after.map(({ key }) => key)).toEqual([before[0]?.key, 'key-1']);
  });

  it('have keys of their own', () => {
    const all = rows([message(1, NOON), message(2, NOON, 'other'), message(3, NOON)], [letter('a', NOON), letter('b', NOON)], 1);

    expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
  });
});

describe('emoji', () => {
  it('are large where there are up to three and nothing else', () => {
    for (const text of ['👍', '👍🏽 🎉', '❤️', '👩‍👧']) expect(isEmojiOnly(text)).toBe(true);
    for (const text of ['', '👍 ok', '1', '👍👍👍👍']) expect(isEmojiOnly(text)).toBe(false);
  });
});

describe('found words', () => {
  it('are marked, whatever signs they hold', () => {
    expect(marked('Is it (blue)?', '(blue)').filter(([, isHit]) => isHit)).toEqual([['(blue)', true]]);
    expect(marked('Чай и чайник', 'чай').filter(([, isHit]) => isHit)).toHaveLength(2);
    expect(marked('nothing', 'else').map(([part]) => part).join('')).toBe('nothing');
  });

  it('stand near the beginning of what is shown', () => {
    const text = `${'word '.repeat(60)}needle and more`;

    const shown = marked(text, 'needle').map(([part]) => part).join('');

    expect(shown.startsWith('…')).toBe(true);
    expect(shown.indexOf('needle')).toBeLessThan(60);
  });
});
