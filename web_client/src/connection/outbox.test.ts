import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Ack } from '../protocol/generated';
import { Refusal } from '../protocol/refusal';
import { Drafts } from './drafts';
import { fleetingShelf, openKeep, type Keep, type Shelf } from './keep';
import { FOREIGN_MS, Outbox, type Letter } from './outbox';

const THREAD = '0000000000000901';
const OTHER = '0000000000000902';

let shelf: Shelf;

beforeEach(() => {
  vi.useFakeTimers();
  shelf = fleetingShelf();
});

afterEach(() => {
  vi.useRealTimers();
});

function ack(seq: number): Ack {
  return { t: 'ack', id: 1, thread_id: THREAD, seq, at: 5 };
}

function outbox(send: (letter: Letter) => Promise<Ack>, keep: Keep = openKeep('ana', shelf)): Outbox & { acked: string[] } {
  const acked: string[] = [];
  const made = new Outbox({ keep, send, onAck: (letter) => acked.push(letter.text) });
  return Object.assign(made, { acked });
}

const words = (text: string, threadId = THREAD): Omit<Letter, 'key' | 'at'> => ({ threadId, text, photos: [] });
const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

/** A server that takes one letter at a time, when told to. */
function slowServer(): { send: (letter: Letter) => Promise<Ack>; got: Letter[]; answer: (refusal?: Refusal) => Promise<unknown> } {
  const got: Letter[] = [];
  const waiting: { resolve: (ack: Ack) => void; reject: (refusal: Refusal) => void }[] = [];
  return {
    got,
    send: (letter) => {
      got.push(letter);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    answer: async (refusal) => {
      const next = waiting.shift();
      if (refusal === undefined) next?.resolve(ack(got.length));
      else next?.reject(refusal);
      await settle();
    },
  };
}

describe('the outbox', () => {
  it('holds letters until there is a connection, then sends them in the order of writing', async () => {
    const server = slowServer();
    const box = outbox(server.send);
    ['one', 'two', 'three'].forEach((text) => box.add(words(text)));
    expect(server.got).toHaveLength(0);

    box.opened();
    await settle();
    expect(server.got.map(({ text }) => text)).toEqual(['one']);
    await server.answer();
    await server.answer();
    await server.answer();

    expect(box.acked).toEqual(['one', 'two', 'three']);
    expect(box.letters.value).toEqual([]);
    expect(shelf.length).toBe(0);
  });

  it('keeps the button that said it through a reload, and sends it with each try', async () => {
    const first = slowServer();
    const box = outbox(first.send);
    box.add({ ...words('Where is my order?'), pick: 'entry:order_status' });
    box.opened();
    await settle();
    box.dispose();

    const second = slowServer();
    const reborn = outbox(second.send);
    reborn.opened();
    await settle();

    expect(first.got).toHaveLength(1);
    expect(second.got).toEqual(first.got);
    expect(second.got[0]).toMatchObject({ pick: 'entry:order_status' });
  });

  it('does not let one conversation wait for another', async () => {
    const server = slowServer();
    const box = outbox(server.send);
    box.opened();

    box.add(words('slow'));
    box.add(words('quick', OTHER));
    await settle();

    expect(server.got.map(({ text }) => text)).toEqual(['slow', 'quick']);
  });

  it('survives a reload under the same client keys', async () => {
    const before = outbox(() => Promise.reject(new Refusal('offline')));
    const { key } = before.add(words('kept'));
    before.dispose();

    const server = slowServer();
    const after = outbox(server.send);
    after.opened();
    await settle();

    expect(server.got.map((letter) => [letter.key, letter.text])).toEqual([[key, 'kept']]);
  });

  it('sends again under the same key when the answer is lost', async () => {
    const server = slowServer();
    const box = outbox(server.send);
    box.opened();
    box.add(words('once'));
    await settle();

    await server.answer(new Refusal('offline'));
    box.closed();
    await settle(60_000);
    expect(server.got).toHaveLength(1);
    box.opened();
    await settle();

    expect(server.got).toHaveLength(2);
    expect(server.got[0]?.key).toBe(server.got[1]?.key);
  });

  it('waits as long as the server says', async () => {
    const server = slowServer();
    const box = outbox(server.send);
    box.opened();
    box.add(words('too fast'));
    await settle();

    await server.answer(new Refusal('rate_limited', { retryable: true, retryAfterMs: 40_000 }));
    await settle(39_000);
    expect(server.got).toHaveLength(1);
    await settle(1_000);

    expect(server.got).toHaveLength(2);
  });

  it('shows what was refused until its author tries again or throws it away, and goes on with the next', async () => {
    const server = slowServer();
    const box = outbox(server.send);
    box.opened();
    const first = box.add(words('refused'));
    box.add(words('next'));
    await settle();
    await server.answer(new Refusal('blocked'));

    expect(box.letters.value[0]?.refused).toEqual({ code: 'blocked', reason: '' });
    expect(server.got.map(({ text }) => text)).toEqual(['refused', 'next']);
    await server.answer();
    box.retry(first.key);
    await settle();
    expect(server.got.at(-1)).toMatchObject({ key: first.key, text: 'refused' });
    await server.answer(new Refusal('blocked'));
    box.drop(first.key);

    expect(box.letters.value).toEqual([]);
    expect(shelf.length).toBe(0);
  });

  it('takes a fresh key where the old one belongs to something else', async () => {
    const server = slowServer();
    const box = outbox(server.send);
    box.opened();
    const { key } = box.add(words('reused'));
    await settle();
    await server.answer(new Refusal('key_reused'));

    box.retry(key);
    await settle();

    expect(server.got).toHaveLength(2);
    expect(server.got[1]?.key).not.toBe(key);
  });

  it('forgets a letter that turned up in its thread', () => {
    const box = outbox(() => Promise.reject(new Refusal('offline')));
    const { key } = box.add(words('seen'));

    box.drop(key);

    expect(box.letters.value).toEqual([]);
    expect(shelf.length).toBe(0);
  });
});

/** Two tabs share a shelf; what one writes the other is told, as browsers do. */
function tabs(): { first: Keep; second: Keep } {
  const watchers = new Map<string, Set<(name: string, text: string | null) => void>>();
  const keep = (tab: string): Keep => {
    const own = openKeep('ana', shelf);
    const tell = (name: string, text: string | null): void => {
      for (const [other, told] of watchers) if (other !== tab) told.forEach((listen) => { listen(name, text); });
    };
    watchers.set(tab, new Set());
    return {
      ...own,
      write: (name, text) => { own.write(name, text); tell(name, text); },
      remove: (name) => { own.remove(name); tell(name, null); },
      watch: (told) => {
        watchers.get(tab)?.add(told);
        return () => watchers.get(tab)?.delete(told);
      },
    };
  };
  return { first: keep('first'), second: keep('second') };
}

describe('two tabs of one person', () => {
  it('show the same letters, and only the one that wrote sends', async () => {
    const { first, second } = tabs();
    const [one, two] = [slowServer(), slowServer()];
    const [a, b] = [outbox(one.send, first), outbox(two.send, second)];
    a.opened();
    b.opened();

    a.add(words('shared'));
    await settle();
    expect(b.letters.value.map(({ text }) => text)).toEqual(['shared']);
    await one.answer();

    expect(two.got).toEqual([]);
    expect(b.letters.value).toEqual([]);
  });

  it('do not lose a letter with the tab that wrote it', async () => {
    const { first, second } = tabs();
    const two = slowServer();
    const [a, b] = [outbox(() => new Promise(() => undefined), first), outbox(two.send, second)];
    b.opened();
    const { key } = a.add(words('orphan'));

    a.dispose();
    await settle(FOREIGN_MS);

    expect(two.got.map((letter) => letter.key)).toEqual([key]);
  });

  it('do not wait for the other tab with a letter of their own', async () => {
    const { first, second } = tabs();
    const two = slowServer();
    const [a, b] = [outbox(() => new Promise(() => undefined), first), outbox(two.send, second)];
    b.opened();
    a.add(words('theirs'));

    b.add(words('mine'));
    await settle();

    expect(two.got.map(({ text }) => text)).toEqual(['mine']);
  });
});

describe('what a browser keeps', () => {
  it('is never another person\'s', () => {
    const [ana, ion] = [openKeep('ana', shelf), openKeep('ion', shelf)];
    ana.write('draft:1', 'hers');
    ion.write('draft:1', 'his');

    ana.clear();

    expect(ana.read('draft:1')).toBeNull();
    expect(ion.read('draft:1')).toBe('his');
  });

  it('does without a shelf that is full', () => {
    const full: Shelf = { ...fleetingShelf(), setItem: () => { throw new DOMException('full', 'QuotaExceededError'); } };
    const box = outbox(() => Promise.reject(new Refusal('offline')), openKeep('ana', full));

    box.add(words('still here'));

    expect(box.letters.value.map(({ text }) => text)).toEqual(['still here']);
  });

  it('ignores what it cannot read', () => {
    const keep = openKeep('ana', shelf);
    keep.write('out:broken', '{');

    expect(outbox(() => Promise.reject(new Refusal('offline')), keep).letters.value).toEqual([]);
  });
});

describe('drafts', () => {
  it('come back after a reload, and an empty one is none', () => {
    const drafts = new Drafts(openKeep('ana', shelf));
    drafts.write(THREAD, { text: 'half a', photos: [], replyTo: 4 });

    expect(new Drafts(openKeep('ana', shelf)).read(THREAD)).toEqual({ text: 'half a', photos: [], replyTo: 4 });
    drafts.write(THREAD, { text: '', photos: [] });

    expect(drafts.has(THREAD)).toBe(false);
    expect(shelf.length).toBe(0);
  });

  it('leave out photos that the server no longer keeps', () => {
    const drafts = new Drafts(openKeep('ana', shelf));
    drafts.write(THREAD, { text: 'with a photo', photos: [{ id: '0000000000000001', width: 4, height: 3 }] });

    vi.advanceTimersByTime(24 * 3600 * 1000);

    expect(drafts.read(THREAD)).toEqual({ text: 'with a photo', photos: [] });
  });
});
