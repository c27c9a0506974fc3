import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { BUYER, FakeServer, SELLER } from '../../test/fake-server';
import { fleetingShelf } from '../connection/keep';
import type { ThreadView } from '../protocol/generated';
import { Api } from '../services/api';
import { cookieAuth } from '../services/auth';
import { ComplaintsApi } from '../services/complaints';
import { DisputesApi } from '../services/disputes';
import { ReviewsApi } from '../services/reviews';
import { Client } from '../state/client';
import { Desk } from './desk';

const ids = ['0000000000000901', '0000000000000902', '0000000000000903'] as const;
const [FIRST, SECOND, THIRD] = ids;

let server: FakeServer;
let client: Client;
let desk: Desk;
/** What the API answers, by the end of the path. */
let answers: Record<string, () => Promise<unknown>>;

const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  location.hash = '';
  server = new FakeServer();
  for (const id of ids) {
    server.addThread(id);
    server.post(id, BUYER, `hello from ${id}`);
    server.now += 60_000;
  }
  answers = { '/socket-tickets': () => Promise.resolve({ ticket: 'ticket', expires_at: 1 }) };
  vi.stubGlobal('fetch', (path: string) => {
    const answer = Object.entries(answers).find(([end]) => path.includes(end))?.[1];
    if (!answer) return Promise.resolve(Response.json({ code: 'not_found' }, { status: 404 }));
    return answer().then((body) => Response.json(body));
  });
  client = new Client({
    api: new Api(cookieAuth),
    socketUrl: 'ws://chat.example/socket',
    locale: () => 'en',
    shelf: fleetingShelf(),
    dial: server.dial(SELLER),
  });
  desk = new Desk(client, { reviews: new ReviewsApi(cookieAuth), disputes: new DisputesApi(cookieAuth), complaints: new ComplaintsApi(cookieAuth) });
});

afterEach(() => {
  client.dispose();
  vi.useRealTimers();
});

async function come(): Promise<void> {
  client.start();
  await settle(10);
}

/** The welcome brings no thread; three pages bring one each. */
function paged(): void {
  const pages: Record<string, { threads: ThreadView[]; next: string }> = {
    a: { threads: [server.view(FIRST, SELLER)], next: 'b' },
    b: { threads: [server.view(SECOND, SELLER)], next: 'c' },
    c: { threads: [server.view(THIRD, SELLER)], next: '' },
  };
  server.intercept = (command) => {
    if (command.t === 'hello') {
      const { limits } = client.chat.value;
      return { t: 'welcome', id: command.id, epoch: 'first', now: server.now, me: SELLER, limits, threads: [], next: 'a' };
    }
    const page = command.t === 'threads' ? pages[command.before ?? ''] : undefined;
    return page === undefined ? null : { t: 'thread_list', id: command.id, ...page };
  };
}

const pagesAsked = (): number => server.heard.filter(({ t }) => t === 'threads').length;

it('fetches every page once after each welcome, and none for a push', async () => {
  paged();
  desk.follow();
  await come();
  expect(desk.list.value.map(({ id }) => id)).toEqual([...ids]);
  expect(pagesAsked()).toBe(3);

  server.post(FIRST, BUYER, 'and one more');
  await settle(1_000);
  expect(pagesAsked()).toBe(3);

  server.drop(4000);
  await settle(60_000);
  expect(pagesAsked()).toBe(6);
});

it('walks through the list, and on from a conversation that was answered meanwhile', async () => {
  await come();

  desk.step(1);
  await settle();
  expect(desk.place.value?.id).toBe(FIRST);
  server.post(FIRST, SELLER, 'here is your answer');
  await settle();
  expect(desk.list.value.map(({ id }) => id)).toEqual([SECOND, THIRD]);
  desk.step(1);
  await settle();

  expect(desk.place.value?.id).toBe(SECOND);
  expect(location.hash).toBe(`#/t/${SECOND}`);
});

it('shows what was asked for last, whichever answer comes last', async () => {
  await come();
  const found = (text: string): unknown => ({
    hits: [{ thread: server.view(FIRST, SELLER), message: { kind: 'posted', seq: 1, at: 1, side: 'customer', text } }],
  });
  answers['q=slow'] = async () => {
    await settle(500);
    return found('slow');
  };
  answers['q=fast'] = () => Promise.resolve(found('fast'));

  await Promise.all([desk.finding.search('slow'), desk.finding.search('fast')]);

  expect(desk.finding.found.value).toMatchObject({ kind: 'found', hits: [{ message: { text: 'fast' } }] });
});

it('asks nothing for too short a word, and says when the search failed', async () => {
  await come();

  await desk.finding.search('a');
  expect(desk.finding.found.value.kind).toBe('short');
  await desk.finding.search('anything');
  expect(desk.finding.found.value).toMatchObject({ kind: 'failed', refusal: { code: 'not_found' } });
  desk.finding.clear();

  expect(desk.finding.found.value.kind).toBe('none');
});

it('puts the open conversation away and brings the archive when it is looked at', async () => {
  await come();
  desk.visit(SECOND);
  await settle();
  answers[`${SECOND}/settings`] = () => Promise.resolve({ ...server.view(SECOND, SELLER), archived: true });
  answers['threads?archived=true'] = () => Promise.resolve({ threads: [{ ...server.view(THIRD, SELLER), archived: true }] });

  expect(await desk.toggleArchived()).toBe(true);
  desk.pickGroup('archived');
  await settle();

  expect(desk.archive.value).toBe('there');
  expect(new Set(desk.list.value.map(({ id }) => id))).toEqual(new Set([SECOND, THIRD]));
});

it('shows one room at a time, and conversations again where a group is picked', async () => {
  await come();
  expect(desk.room.value).toBeNull();

  for (const [hash, room] of [['#/disputes', 'disputes'], ['#/reviews', 'reviews'], ['#/complaints', 'disputes'], ['#/figures', 'figures']] as const) {
    location.hash = hash;
    window.dispatchEvent(new HashChangeEvent('hashchange'));
    expect(desk.room.value).toBe(room);
  }
  desk.pickGroup('orders');

  expect(desk.room.value).toBeNull();
  expect(location.hash).toBe('#/');
});
