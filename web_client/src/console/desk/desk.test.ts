import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { ME, NOON, row, start, TEAM, VERA } from '../../../test/desk';
import { BUYER, FakeServer } from '../../../test/fake-server';
import { fleetingShelf } from '../../connection/keep';
import type { DeskThread, Macro, Push } from '../../protocol/generated';
import type { DeskFrame } from '../../state/desk';
import { Desk } from './desk';
import { TOGETHER_MS } from './intake';
import { runMacro } from './macros';
import { claimToWrite, mark, moved } from './moves';
import { callOf } from './use-alerts';

const agent = { id: ME.id, name: ME.name };
const [FIRST, SECOND] = ['0000000000000901', '0000000000000902'] as const;

let server: FakeServer;
let desk: Desk;
/** What the API answers, by method and path. */
let api: Record<string, (body: unknown) => unknown>;
let asked: string[];

const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const listed = (): string[] => desk.rows.value.map(({ id }) => id);
const push = (frame: DeskFrame): void => {
  server.push(agent, frame as Push);
};

function problem(status: number, code: string, reason = ''): Response {
  return Response.json({ code, reason }, { status });
}

beforeEach(() => {
  vi.useFakeTimers();
  location.hash = '';
  server = new FakeServer();
  server.addThread(FIRST, 'support');
  server.addThread(SECOND, 'support');
  asked = [];
  api = {
    'POST /console/socket-tickets': () => ({ ticket: 'ticket', expires_at: 1 }),
    'GET /console/desk': () => start(),
    'GET /console/threads': () => ({ threads: [] }),
  };
  vi.stubGlobal('fetch', (path: string, { method = 'GET', body }: RequestInit) => {
    const name = `${method} ${path.replace('/api/v1', '').split('?')[0] ?? ''}`;
    asked.push(name);
    const answer = api[name]?.(typeof body === 'string' ? JSON.parse(body) : undefined);
    return Promise.resolve(answer instanceof Response ? answer : answer === undefined ? problem(404, 'not_found') : Response.json(answer));
  });
  server.intercept = (command) => {
    if (command.t !== 'hello') return null;
    return { t: 'welcome', id: command.id, epoch: 'first', now: server.now, me: agent, limits: desk.client.chat.value.limits, threads: [] };
  };
  desk = new Desk({ me: ME.id, base: '/api/v1', socketUrl: 'ws://desk.example/socket', locale: () => 'en', shelf: fleetingShelf(), dial: server.dial(agent) });
});

afterEach(() => {
  desk.dispose();
  vi.useRealTimers();
});

async function come(rows: DeskThread[] = []): Promise<void> {
  api['GET /console/threads'] = () => ({ threads: rows });
  desk.list.value = 'all';
  desk.start();
  await settle(20);
  asked = [];
}

it('has what was made for its shelf in another room, and what colleagues made meanwhile', async () => {
  await come();
  const named = (name: string): void => {
    api['GET /console/desk'] = () => start({ labels: [{ slug: 'new', name, color: '#c2281d' }] });
  };

  named('Made in the settings');
  desk.isShown.value = false;
  desk.isShown.value = true;
  await settle();
  expect(desk.kit.value?.labels[0]?.name).toBe('Made in the settings');

  named('Made by a colleague');
  await settle(60_000);
  expect(desk.kit.value?.labels[0]?.name).toBe('Made by a colleague');
});

it('asks for nothing when something happens in threads that nobody has opened', async () => {
  const one = row({ id: FIRST, last_seq: 0, unread: 0, read: 0 });
  await come([one]);

  for (let count = 0; count < 50; count += 1) {
    server.post(FIRST, BUYER, `again ${String(count)}`);
    server.post(SECOND, BUYER, `elsewhere ${String(count)}`);
  }
  await settle(TOGETHER_MS * 2);

  expect(asked).toEqual([]);
  expect(desk.rows.value[0]).toMatchObject({ unread: 50, last: { text: 'again 49' } });
  expect(desk.client.chat.value.threads.size).toBe(0);
});

it('draws the lists anew once for pushes that come together', async () => {
  const one = row({ id: FIRST, last_seq: 0 });
  await come([one]);
  let drawn = -1;
  const stop = desk.rows.subscribe(() => {
    drawn += 1;
  });

  for (let count = 0; count < 20; count += 1) server.post(FIRST, BUYER, `again ${String(count)}`);
  await settle(TOGETHER_MS * 2);
  stop();

  expect(drawn).toBeGreaterThan(0);
  expect(drawn).toBeLessThan(4);
});

it('moves a thread to the list where it belongs', async () => {
  const one = row({ id: FIRST });
  await come([one]);

  push({ t: 'desk.thread', thread: { ...one, revision: 2, state: 'resolved' } });
  await settle(TOGETHER_MS * 2);

  expect(listed()).toEqual([]);
});

it('begins anew after an absence, and forgets what it only believed', async () => {
  const [gone, stays] = [row({ id: FIRST }), row({ id: SECOND })];
  await come([gone, stays]);

  api['GET /console/threads'] = () => ({ threads: [stays] });
  server.drop(1012);
  await settle(60_000);

  expect(listed()).toEqual([stays.id]);
});

it('fetches page after page, and shows none beyond the last', async () => {
  const pages: Record<string, { threads: DeskThread[]; next?: string }> = {
    '': { threads: [row({ id: FIRST, last_at: NOON + 9 })], next: 'b' },
    b: { threads: [row({ id: SECOND, last_at: NOON + 1 })] },
  };
  vi.stubGlobal('fetch', (path: string) => {
    const url = new URL(path, 'http://desk.example');
    if (url.pathname.endsWith('/threads')) return Promise.resolve(Response.json(pages[url.searchParams.get('before') ?? '']));
    return Promise.resolve(Response.json(url.pathname.endsWith('/desk') ? start() : { ticket: 'ticket', expires_at: 1 }));
  });
  desk.list.value = 'all';
  desk.start();
  await settle(20);
  push({ t: 'desk.thread', thread: row({ id: '0000000000000903', last_at: NOON + 5 }) });
  await settle(TOGETHER_MS * 2);

  expect(listed()).toEqual([FIRST]);
  await desk.pages.more();
  expect(listed()).toEqual([FIRST, '0000000000000903', SECOND]);
});

describe('a move', () => {
  const one = row({ id: FIRST, revision: 3, state: 'assigned', agent });

  it('is tried once more with the fresh revision where the thread is in the same hands', async () => {
    await come([one]);
    const seen: unknown[] = [];
    api[`GET /console/threads/${FIRST}`] = () => ({ ...one, revision: 4 });
    api[`POST /console/threads/${FIRST}/moves`] = (body) => {
      seen.push(body);
      return seen.length === 1 ? problem(409, 'stale') : { ...one, revision: 5, state: 'resolved' };
    };

    await moved(desk, one, { move: 'resolve', seen: 1 });

    expect(seen).toEqual([{ move: 'resolve', seen: 1, revision: 3 }, { move: 'resolve', seen: 1, revision: 4 }]);
    expect(listed()).toEqual([]);
  });

  it('is not tried again where somebody else has done something meanwhile', async () => {
    await come([one]);
    api[`GET /console/threads/${FIRST}`] = () => ({ ...one, revision: 4, agent: { id: VERA.id, name: VERA.name } });
    api[`POST /console/threads/${FIRST}/moves`] = () => problem(409, 'stale');

    await expect(moved(desk, one, { move: 'resolve', seen: 1 })).rejects.toMatchObject({ code: 'stale' });
    expect(desk.rows.value[0]?.agent?.name).toBe(VERA.name);
  });

  it('takes a thread that nobody has before something is written in it', async () => {
    const queued = row({ id: FIRST });
    await come([queued]);
    api[`POST /console/threads/${FIRST}/moves`] = (body) => ({ ...queued, revision: 2, state: 'assigned', agent, ...(body as { move: string }).move === 'claim' ? {} : { agent: VERA } });

    expect(await claimToWrite(desk, FIRST)).toBe(true);
    expect(desk.rows.value[0]?.agent?.id).toBe(ME.id);
  });

  it('does not take one from a colleague, who was faster', async () => {
    const queued = row({ id: FIRST });
    await come([queued]);
    api[`POST /console/threads/${FIRST}/moves`] = () => problem(409, 'wrong_state', 'taken');
    api[`GET /console/threads/${FIRST}`] = () => ({ ...queued, revision: 2, state: 'assigned', agent: { id: VERA.id, name: VERA.name } });

    expect(await claimToWrite(desk, FIRST)).toBe(false);
    expect(desk.rows.value[0]?.agent?.name).toBe(VERA.name);
    expect(await claimToWrite(desk, FIRST)).toBe(false);
  });

  it('marks with the fresh revision where another one was seen', async () => {
    await come([one]);
    let tries = 0;
    api[`GET /console/threads/${FIRST}`] = () => ({ ...one, revision: 4 });
    api[`PATCH /console/threads/${FIRST}`] = () => ((tries += 1) === 1 ? problem(409, 'stale') : { ...one, revision: 5, priority: 2 });

    expect(await mark(desk, FIRST, { priority: 2 })).toMatchObject({ priority: 2 });
  });
});

describe('a macro', () => {
  const one = row({ id: FIRST, state: 'assigned', agent });
  const macro: Macro = {
    id: '0000000000000031',
    name: 'Refund',
    steps: [{ kind: 'label', value: 'refund' }, { kind: 'reply', value: 'Done, {customer}.' }, { kind: 'resolve', value: '' }],
  };
  const fill = (text: string): string => text.replace('{customer}', 'Ana');

  it('does its steps in order', async () => {
    await come([one]);
    const done: string[] = [];
    api[`PATCH /console/threads/${FIRST}`] = () => (done.push('label'), { ...one, revision: 2, labels: ['refund'] });
    api[`POST /console/threads/${FIRST}/messages`] = (body) => (done.push((body as { text: string }).text), { thread_id: FIRST, seq: 2, at: NOON });
    api[`POST /console/threads/${FIRST}/moves`] = () => (done.push('resolve'), { ...one, revision: 3, state: 'resolved' });

    expect(await runMacro(macro, { desk, id: FIRST, fill })).toEqual({ done: 3 });
    expect(done).toEqual(['label', 'Done, Ana.', 'resolve']);
  });

  it('stops at the first step that fails, and names it', async () => {
    await come([one]);
    api[`PATCH /console/threads/${FIRST}`] = () => ({ ...one, revision: 2, labels: ['refund'] });
    api[`POST /console/threads/${FIRST}/messages`] = () => problem(503, 'unavailable');

    expect(await runMacro(macro, { desk, id: FIRST, fill })).toMatchObject({ done: 1, failed: { step: { kind: 'reply' }, refusal: { code: 'unavailable' } } });
    expect(asked).not.toContain(`POST /console/threads/${FIRST}/moves`);
  });
});

describe('a call', () => {
  const mine = row({ id: FIRST, state: 'assigned', agent });
  const other = row({ id: SECOND, state: 'assigned', agent: { id: VERA.id, name: VERA.name } });
  const message = (thread: string, side: 'customer' | 'staff' = 'customer'): DeskFrame => ({ t: 'event', thread_id: thread, event: { kind: 'posted', seq: 9, at: NOON, side, text: 'Hello?' } });

  it('comes for what a customer writes in a thread of mine, and for no other', async () => {
    await come([mine, other]);

    expect(callOf(desk, message(FIRST))).toMatchObject({ thread: FIRST, text: 'Hello?' });
    expect([callOf(desk, message(SECOND)), callOf(desk, message(FIRST, 'staff')), callOf(desk, message('0000000000000999'))]).toEqual([null, null, null]);
  });

  it('comes for a thread that was given to me, once', async () => {
    await come([mine, other]);

    expect(callOf(desk, { t: 'desk.thread', thread: { ...other, agent } })).toMatchObject({ thread: SECOND });
    expect(callOf(desk, { t: 'desk.thread', thread: mine })).toBe(null);
  });

  it('comes for a note that names me, and for a thread that was taken from me', async () => {
    await come([mine, other]);
    const note = { note_seq: 1, after_seq: 1, at: NOON, author: { id: VERA.id, name: VERA.name }, text: 'look' };

    expect(callOf(desk, { t: 'desk.note', thread_id: SECOND, note: { ...note, mentions: [ME.id] } })).toMatchObject({ text: 'look' });
    expect(callOf(desk, { t: 'desk.note', thread_id: SECOND, note })).toBe(null);
    expect(callOf(desk, { t: 'desk.returned', thread_id: FIRST })).toMatchObject({ isUrgent: true });
    expect(callOf(desk, { t: 'desk.gone', thread_id: FIRST, team_id: TEAM })).toBe(null);
  });
});

it('tells the others what it looks at, and that it has left', async () => {
  await come([row({ id: FIRST })]);

  desk.visit(FIRST);
  await settle(20);
  desk.answering();
  desk.leave();
  await settle(20);

  const looks = server.heard.flatMap((command) => (command.t === 'look' ? [command.doing] : []));
  expect(looks[0]).toBe('looking');
  expect(looks).toContain('answering');
  expect(looks.at(-1)).toBe('left');
});

it('takes an own message into its row, which no push tells of', async () => {
  await come([row({ id: FIRST, state: 'assigned', agent, last_seq: 0 })]);
  desk.visit(FIRST);
  await settle(20);
  server.intercept = (command) => (command.t === 'message.send' ? { t: 'ack', id: command.id, thread_id: FIRST, seq: 1, at: NOON } : null);

  desk.client.send({ threadId: FIRST, text: 'Here I am', photos: [] });
  await settle(TOGETHER_MS * 2);

  expect(desk.rows.value[0]).toMatchObject({ state: 'waiting_customer', last: { text: 'Here I am' } });
});
