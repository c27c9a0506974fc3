import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { BUYER, FakeServer, SELLER } from '../../test/fake-server';
import { fleetingShelf, type Shelf } from '../connection/keep';
import { CLOSE, type Command } from '../protocol/generated';
import { Api } from '../services/api';
import { cookieAuth } from '../services/auth';
import { Client } from './client';
import { EVERY_MS } from './marks';
import { otherMark } from './progress';

const THREAD = '0000000000000901';
const SUPPORT = '0000000000000902';

let server: FakeServer;
let shelf: Shelf;
const running: Client[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  server.addThread(THREAD);
  shelf = fleetingShelf();
  // The few answers that come over HTTP.
  vi.stubGlobal('fetch', (path: string) => {
    const thread = /threads\/(\w+)$/.exec(path)?.[1];
    if (path.endsWith('/socket-tickets')) return Promise.resolve(Response.json({ ticket: 'ticket', expires_at: 1 }));
    if (path.endsWith('/unread')) return Promise.resolve(Response.json({ messages: 0, threads: 0 }));
    if (thread !== undefined && server.threads.has(thread)) return Promise.resolve(Response.json(server.view(thread, BUYER)));
    return Promise.resolve(Response.json({ code: 'not_found' }, { status: 404 }));
  });
});

afterEach(() => {
  running.splice(0).forEach((client) => {
    client.dispose();
  });
  vi.useRealTimers();
});

const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

async function opened(person = BUYER, own = shelf): Promise<Client> {
  const client = new Client({
    api: new Api(cookieAuth),
    socketUrl: 'ws://chat.example/socket',
    locale: () => 'en',
    shelf: own,
    dial: server.dial(person),
  });
  running.push(client);
  client.start();
  await settle(10);
  return client;
}

const texts = (client: Client): string[] =>
  (client.chat.value.threads.get(THREAD)?.timeline?.events ?? []).map((event) => (event.kind === 'posted' ? (event.text ?? '') : event.kind));

describe('a client', () => {
  it('shows what it is sent, and tells that it came', async () => {
    const [ana, received] = [await opened(), vi.fn()];
    ana.listen({ received });
    ana.visit(THREAD);
    await settle(10);

    server.post(THREAD, SELLER, 'Hello');
    await settle(EVERY_MS + 10);

    expect(texts(ana)).toEqual(['Hello']);
    expect(received).toHaveBeenCalledOnce();
    expect(ana.chat.value.unread).toBe(1);
    expect(otherMark(server.view(THREAD, SELLER))).toEqual({ delivered: 1, read: 0 });
  });

  it('sends, and shows the message once', async () => {
    const ana = await opened();
    ana.visit(THREAD);
    await settle(10);

    ana.send({ threadId: THREAD, text: 'One', photos: [] });
    ana.send({ threadId: THREAD, text: 'Two', photos: [] });
    await settle(10);

    expect(texts(ana)).toEqual(['One', 'Two']);
    expect(ana.letters.value).toEqual([]);
    expect(server.history(THREAD, BUYER)).toHaveLength(2);
  });

  it('sends once what was written offline, though every answer is lost twice', async () => {
    const ana = await opened();
    ana.visit(THREAD);
    server.drop(CLOSE.restart);
    ana.send({ threadId: THREAD, text: 'One', photos: [] });
    ana.send({ threadId: THREAD, text: 'Two', photos: [] });
    let lost = 0;
    server.intercept = (command) => {
      if (command.t !== 'message.send' || lost >= 2) return null;
      lost += 1;
      const { thread_id: thread, client_key: key, text = '' } = command;
      server.post(thread, BUYER, text, key);
      server.drop(1006);
      return 'silence';
    };

    await settle(60_000);

    expect(server.history(THREAD, BUYER).map((event) => event.kind === 'posted' && event.text)).toEqual(['One', 'Two']);
    expect(texts(ana)).toEqual(['One', 'Two']);
    expect(ana.letters.value).toEqual([]);
  });

  it('takes up its unsent letters and drafts after a reload', async () => {
    const before = await opened();
    server.intercept = ({ t }) => (t === 'message.send' ? 'silence' : null);
    before.send({ threadId: THREAD, text: 'Kept', photos: [] });
    before.drafts.value?.write(THREAD, { text: 'half', photos: [] });
    await settle(10);
    before.dispose();
    server.intercept = null;

    const after = await opened();
    await settle(10);

    expect(server.history(THREAD, BUYER)).toMatchObject([{ text: 'Kept' }]);
    expect(after.drafts.value?.read(THREAD).text).toBe('half');
  });

  it('gets through a hole', async () => {
    const ana = await opened();
    ana.visit(THREAD);
    await settle(10);
    server.deaf.add(BUYER.id);
    server.post(THREAD, SELLER, 'lost one');
    server.post(THREAD, SELLER, 'lost two');
    server.deaf.clear();

    server.post(THREAD, SELLER, 'heard');
    await settle(10);

    expect(texts(ana)).toEqual(['lost one', 'lost two', 'heard']);
    expect(ana.chat.value.threads.get(THREAD)?.view.unread).toBe(3);
  });

  it('resumes with what it missed, in one round', async () => {
    const ana = await opened();
    ana.visit(THREAD);
    server.post(THREAD, SELLER, 'before');
    await settle(10);
    server.drop(CLOSE.slow);
    server.post(THREAD, SELLER, 'meanwhile');
    const asked = server.heard.length;

    await settle(3_000);

    expect(texts(ana)).toEqual(['before', 'meanwhile']);
    expect(server.heard.slice(asked).filter(({ t }) => t === 'history')).toEqual([]);
  });

  it('drops its history for another store, and offers its letters again', async () => {
    const ana = await opened();
    ana.visit(THREAD);
    server.post(THREAD, SELLER, 'of the old store');
    await settle(10);
    server.intercept = ({ t }) => (t === 'message.send' ? 'silence' : null);
    ana.send({ threadId: THREAD, text: 'Mine', photos: [] });
    server.intercept = null;
    server.epoch = 'second';
    server.addThread(THREAD);

    server.drop(CLOSE.restart);
    await settle(3_000);

    expect(texts(ana)).toEqual(['Mine']);
  });

  it('says what was read at most once a second, and shows it at once', async () => {
    const ana = await opened();
    ana.visit(THREAD);
    await settle(10);
    for (let count = 0; count < 5; count += 1) {
      server.post(THREAD, SELLER, String(count));
      ana.markRead(THREAD);
      await settle(100);
    }

    expect(ana.chat.value.unread).toBe(0);
    await settle(2 * EVERY_MS);
    expect(server.heard.filter(({ t }) => t === 'mark').length).toBeLessThanOrEqual(3);
    expect(otherMark(server.view(THREAD, SELLER))).toEqual({ delivered: 5, read: 5 });
  });

  it('says its marks again after coming back', async () => {
    const ana = await opened();
    ana.visit(THREAD);
    server.post(THREAD, SELLER, 'Hello');
    await settle(10);
    server.intercept = ({ t }) => (t === 'mark' ? 'silence' : null);
    ana.markRead(THREAD);
    await settle(2 * EVERY_MS);
    server.intercept = null;
    expect(otherMark(server.view(THREAD, SELLER)).read).toBe(0);

    server.drop(CLOSE.restart);
    await settle(5_000);

    expect(otherMark(server.view(THREAD, SELLER)).read).toBe(1);
  });

  it('says that somebody types, but not with each key', async () => {
    const ana = await opened();
    const ion = await opened(SELLER, fleetingShelf());
    ion.visit(THREAD);
    await settle(10);

    for (let key = 0; key < 20; key += 1) {
      ana.typing(THREAD);
      await settle(100);
    }

    expect(server.heard.filter(({ t }) => t === 'typing')).toHaveLength(1);
    expect(ion.chat.value.threads.get(THREAD)?.typing?.side).toBe('customer');
    await settle(6_000);
    expect(ion.chat.value.threads.get(THREAD)?.typing).toBeNull();
  });

  it('says why a thread cannot be shown', async () => {
    const ana = await opened();

    ana.visit('0000000000000999');
    await settle(10);

    expect(ana.troubles.value.get('0000000000000999')?.code).toBe('not_found');
  });

  it('forgets everything of a person who was signed out', async () => {
    const ana = await opened();
    server.intercept = ({ t }) => (t === 'message.send' ? 'silence' : null);
    ana.send({ threadId: THREAD, text: 'Secret', photos: [] });
    ana.drafts.value?.write(THREAD, { text: 'secret', photos: [] });
    expect(shelf.length).toBe(2);

    server.drop(CLOSE.signedOut);
    await settle(10);

    expect(shelf.length).toBe(0);
    expect(ana.letters.value).toEqual([]);
  });
});

describe('two clients of one person', () => {
  it('neither double nor lose what either writes, whatever happens to the connections', async () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      server.addThread(THREAD);
      const [one, two] = [await opened(), await opened(BUYER, fleetingShelf())];
      one.visit(THREAD);
      two.visit(THREAD);
      const written: string[] = [];
      for (let turn = 0; turn < 12; turn += 1) {
        const client = (seed + turn) % 2 === 0 ? one : two;
        const text = `${String(seed)}.${String(turn)}`;
        written.push(text);
        client.send({ threadId: THREAD, text, photos: [] });
        if ((turn * seed) % 5 === 3) server.drop(1006);
        await settle((turn * 37 * seed) % 900);
      }

      await settle(120_000);

      const stored = server.history(THREAD, BUYER).map((event) => (event.kind === 'posted' ? (event.text ?? '') : ''));
      expect([...stored].sort()).toEqual([...written].sort());
      expect(texts(one)).toEqual(stored);
      expect(texts(two)).toEqual(stored);
      running.splice(0).forEach((client) => { client.dispose(); });
    }
  });
});

describe('a conversation with support', () => {
  const buyers = (): Extract<Command, { t: 'message.send' }>[] => server.heard.filter((command) => command.t === 'message.send');

  it('carries the button that said something, the same with each try', async () => {
    server.addThread(SUPPORT, 'support');
    const client = await opened();
    server.intercept = ({ t }) => (t === 'message.send' ? 'silence' : null);
    client.send({ threadId: SUPPORT, text: 'Talk to a person', photos: [], pick: 'human' });
    await settle();
    server.intercept = null;
    server.drop(CLOSE.restart);
    await settle(60_000);

    expect(buyers()).toHaveLength(2);
    expect(buyers().map(({ pick, client_key: key }) => [pick, key])).toEqual([
      ['human', buyers()[0]?.client_key],
      ['human', buyers()[0]?.client_key],
    ]);
  });

  it('waits until it is known who is here before something is said', async () => {
    server.addThread(SUPPORT, 'support');
    const client = new Client({ api: new Api(cookieAuth), socketUrl: 'ws://chat.example/socket', locale: () => 'en', shelf, dial: server.dial(BUYER) });
    running.push(client);
    const known = vi.fn();
    void client.known().then(known);
    await settle();
    expect(known).not.toHaveBeenCalled();

    client.start();
    await settle(10);

    expect(known).toHaveBeenCalledOnce();
    expect(client.send({ threadId: SUPPORT, text: 'Hello', photos: [] })).not.toBeNull();
  });

  it('remembers what was said of an answer', async () => {
    server.addThread(SUPPORT, 'support');
    const seq = server.answerAs(SUPPORT, 'So it is.', { kind: 'answer', entry: 'order_status', rates: true });
    const client = await opened();
    client.visit(SUPPORT);
    await settle();
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status: 204 })));

    await client.rate(SUPPORT, seq, false);

    expect(client.chat.value.threads.get(SUPPORT)?.timeline?.events[0]).toMatchObject({ card: { entry: 'order_status', helpful: false } });
  });
});
