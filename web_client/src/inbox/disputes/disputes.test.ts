import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { FakeServer, SELLER } from '../../../test/fake-server';
import { shopDispute } from '../../../test/shop-disputes';
import { SHOP } from '../../../test/shop-reviews';
import { fleetingShelf } from '../../connection/keep';
import type { DisputeView, Notice } from '../../protocol/generated';
import { Api } from '../../services/api';
import { cookieAuth } from '../../services/auth';
import { ComplaintsApi } from '../../services/complaints';
import { DisputesApi } from '../../services/disputes';
import { Client } from '../../state/client';
import { Disputes, waitsForShop } from './disputes';

const OTHER = { id: '00000000000000cc', name: 'Bora' };
const OVER: Partial<DisputeView> = { state: 'refunded', closed_at: 1_800_500_000_000, waits_for: 'backend', acts: [] };
const PAGE = 2;

let server: FakeServer;
let client: Client;
let disputes: Disputes;
let stored: DisputeView[];
let asked: string[];
let isAway: boolean;

const settle = (ms = 50): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

/** As the server pages: in the order in which they are stored here. */
function answer(url: URL): unknown {
  const [, kind, id, shelf] = url.pathname.slice('/api/v1'.length).split('/');
  if (kind === 'disputes') return stored.find((one) => one.id === id);
  if (shelf === 'complaints') return { complaints: [] };
  const mine = stored.filter(({ shop }) => shop.id === id);
  const from = Number(url.searchParams.get('before') ?? 0);
  return { disputes: mine.slice(from, from + PAGE), next: from + PAGE < mine.length ? String(from + PAGE) : '' };
}

beforeEach(() => {
  vi.useFakeTimers();
  location.hash = '';
  stored = [shopDispute(1), shopDispute(2), shopDispute(3), shopDispute(4, OVER), shopDispute(5, OVER), shopDispute(6, OVER)];
  asked = [];
  isAway = false;
  vi.stubGlobal('fetch', (path: string) => {
    if (path.includes('/socket-tickets')) return Promise.resolve(Response.json({ ticket: 'ticket', expires_at: 1 }));
    asked.push(path);
    const found = isAway ? undefined : answer(new URL(path, 'http://chat.example'));
    return Promise.resolve(found === undefined ? Response.json({ code: 'not_found' }, { status: 404 }) : Response.json(found));
  });
  server = new FakeServer();
  server.intercept = (command) => {
    if (command.t !== 'hello') return null;
    const { limits } = client.chat.value;
    return { t: 'welcome', id: command.id, epoch: 'first', now: server.now, me: SELLER, shops: [SHOP, OTHER], limits, threads: [] };
  };
  client = new Client({
    api: new Api(cookieAuth),
    socketUrl: 'ws://chat.example/socket',
    locale: () => 'en',
    shelf: fleetingShelf(),
    dial: server.dial(SELLER),
  });
  disputes = new Disputes(client, { disputes: new DisputesApi(cookieAuth), complaints: new ComplaintsApi(cookieAuth) });
});

afterEach(() => {
  client.dispose();
  vi.useRealTimers();
});

async function come(): Promise<void> {
  disputes.follow();
  client.start();
  await settle();
}

async function told(number: number): Promise<void> {
  const notice: Notice = { id: '0000000000000099', kind: 'dispute_moved', at: 1, shop_id: SHOP.id, dispute_id: shopDispute(number).id };
  client.lobby.take({ t: 'notice', notice, unread: 1 });
  await settle();
}

function shown(): string[] {
  const listed = disputes.disputes.of(SHOP.id);
  return listed.kind === 'there' ? listed.cases.map(({ line }) => line.title.slice('Cup '.length)) : [];
}

it('counts what waits in every shop before the room is opened, however many pages that are', async () => {
  stored.push(shopDispute(7, { shop: OTHER }));

  await come();

  expect(disputes.waiting.value).toBe(4);
  expect(disputes.waitingIn('disputes', OTHER.id)).toBe(1);
});

it('fetches what is open, and what is over only when it is asked for', async () => {
  await come();
  expect(shown()).toEqual(['1', '2', '3', '4']);

  await disputes.disputes.more(SHOP.id);

  expect(shown()).toEqual(['1', '2', '3', '6', '5', '4']);
});

it('takes in what one dispute has become, and that it waits no more', async () => {
  await come();
  stored[0] = shopDispute(1, { state: 'buyer_turn', revision: 2, waits_for: 'buyer', acts: ['evidence'] });
  asked = [];

  await told(1);

  expect(asked).toEqual([`/api/v1/disputes/${shopDispute(1).id}`]);
  expect(shown()).toEqual(['2', '3', '1', '4']);
  expect(disputes.waiting.value).toBe(2);
});

it('takes in a dispute that was not there before', async () => {
  await come();
  stored.push(shopDispute(0));

  await told(0);

  expect(shown()[0]).toBe('0');
});

it('walks through the list, and closes the case before the room', async () => {
  await come();
  disputes.visit({ shelf: 'disputes' });

  disputes.step(1);
  disputes.step(1);
  expect(disputes.spot.value).toEqual({ shelf: 'disputes', shop: SHOP.id, id: shopDispute(2).id });
  disputes.step(-1);
  expect(disputes.spot.value?.id).toBe(shopDispute(1).id);

  expect(disputes.close()).toBe(true);
  expect(disputes.close()).toBe(false);
});

it('says that a list could not be fetched, and fetches it again', async () => {
  isAway = true;
  await come();
  expect(disputes.disputes.of(SHOP.id).kind).toBe('failed');

  isAway = false;
  await disputes.disputes.fetch(SHOP.id);

  expect(shown()).toHaveLength(4);
});

it('waits for the shop as well where a mediator has proposed something', () => {
  expect(waitsForShop(shopDispute(1, { state: 'mediation', waits_for: 'mediator', acts: ['evidence', 'agree'] }))).toBe(true);
  expect(waitsForShop(shopDispute(1, { state: 'mediation', waits_for: 'mediator', acts: ['evidence'] }))).toBe(false);
});
