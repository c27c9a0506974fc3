import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { FakeServer, SELLER } from '../../../test/fake-server';
import { sellerCard, SHOP, shopReview } from '../../../test/shop-reviews';
import { fleetingShelf } from '../../connection/keep';
import type { Notice, ShopReview, ShopReviews } from '../../protocol/generated';
import { Api } from '../../services/api';
import { cookieAuth } from '../../services/auth';
import { ReviewsApi } from '../../services/reviews';
import { Client } from '../../state/client';
import { Reviews } from './reviews';

const OTHER = { id: '00000000000000cc', name: 'Bora' };
const PAGE = 2;

let server: FakeServer;
let client: Client;
let reviews: Reviews;
let stored: ShopReview[];
let asked: string[];

const settle = (ms = 50): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const mayReply = (review: ShopReview): boolean => review.may_reply === true;

/** As the server pages: newest first, or one alone. */
function answer(url: URL): ShopReviews {
  const query = url.searchParams;
  const shop = url.pathname.split('/').at(-2) ?? '';
  const mine = stored.filter(({ about }) => about.shop.id === shop).sort((one, other) => other.rated_at - one.rated_at);
  const base = { card: sellerCard({ shop: shop === SHOP.id ? SHOP : OTHER }), to_answer: mine.filter(mayReply).length };
  if (query.has('review')) return { ...base, reviews: mine.filter(({ id }) => id === query.get('review')) };
  const listed = mine.filter((review) => !query.has('to_answer') || mayReply(review));
  const from = Number(query.get('before') ?? 0);
  return { ...base, reviews: listed.slice(from, from + PAGE), next: from + PAGE < listed.length ? String(from + PAGE) : '' };
}

beforeEach(() => {
  vi.useFakeTimers();
  location.hash = '';
  stored = [1, 2, 3, 4, 5].map((number) => shopReview(number, { may_reply: number % 2 === 1 }));
  asked = [];
  vi.stubGlobal('fetch', (path: string) => {
    if (path.includes('/socket-tickets')) return Promise.resolve(Response.json({ ticket: 'ticket', expires_at: 1 }));
    if (!path.includes('/shops/')) return Promise.resolve(Response.json({ code: 'not_found' }, { status: 404 }));
    asked.push(path);
    return Promise.resolve(Response.json(answer(new URL(path, 'http://chat.example'))));
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
  reviews = new Reviews(client, new ReviewsApi(cookieAuth));
});

afterEach(() => {
  client.dispose();
  vi.useRealTimers();
});

async function come(): Promise<() => void> {
  const stop = reviews.follow();
  client.start();
  await settle();
  return stop;
}

async function told(review: number, shop = SHOP.id): Promise<void> {
  const notice: Notice = { id: '0000000000000099', kind: 'shop_reviewed', at: 1, shop_id: shop, review_id: shopReview(review).id };
  client.lobby.take({ t: 'notice', notice, unread: 1 });
  await settle();
}

const shown = (): number[] => reviews.reviews.value.map(({ id }) => parseInt(id, 16));

it('counts what waits in every shop before the room is opened, and lists nothing', async () => {
  stored.push(shopReview(6, { may_reply: true, about: { ...shopReview(6).about, shop: OTHER } }));

  await come();

  expect(reviews.waiting.value).toBe(4);
  expect(reviews.listed.value.kind).toBe('loading');
});

it('shows what waits for a reply, page by page, then all', async () => {
  await come();
  reviews.visit({});
  await settle();
  expect(shown()).toEqual([5, 3]);

  await reviews.more();
  expect(shown()).toEqual([5, 3, 1]);
  reviews.filter.value = 'all';
  await settle();

  expect(shown()).toEqual([5, 4]);
});

it('brings on top what a notice tells of, and leaves in place what was answered meanwhile', async () => {
  await come();
  reviews.visit({});
  await settle();

  stored = [...stored.filter(({ id }) => id !== shopReview(5).id), shopReview(5), shopReview(7, { may_reply: true })];
  await told(7);
  await told(5);

  expect(shown()).toEqual([7, 5, 3]);
  expect(reviews.reviews.value[1]?.may_reply).toBeUndefined();
  expect(reviews.waiting.value).toBe(3);
});

it('asks once for many notices of one moment', async () => {
  await come();
  const before = asked.length;

  await Promise.all([told(1), told(2), told(3), told(4)]);

  expect(asked.length - before).toBeLessThanOrEqual(2);
});

it('finds the review that was asked for, however old it is, and shows it among all where it needs no reply', async () => {
  await come();

  reviews.visit({ shop: SHOP.id, review: shopReview(2).id });
  await settle();

  expect(reviews.filter.value).toBe('all');
  expect(shown()).toEqual([5, 4, 2]);
  expect(reviews.current.value).toEqual({ id: shopReview(2).id });
});

it('stays among those that wait where the review that was asked for is one of them', async () => {
  await come();

  reviews.visit({ shop: SHOP.id, review: shopReview(1).id });
  await settle();

  expect([reviews.filter.value, shown()]).toEqual(['to_answer', [5, 3, 1]]);
});

it('walks to the ends and no further, and asks for a box where a reply may be written', async () => {
  await come();
  reviews.visit({});
  await settle();

  reviews.step(1);
  expect(reviews.current.value).toEqual({ id: shopReview(5).id });
  reviews.step(1);
  reviews.step(1);
  expect(reviews.current.value).toEqual({ id: shopReview(3).id });
  reviews.reply();

  expect(reviews.wish.value).toEqual({ review: shopReview(3).id, part: 'reply' });
});

it('shows the shop that the address names, and forgets the other one', async () => {
  stored.push(shopReview(6, { may_reply: true, about: { ...shopReview(6).about, shop: OTHER } }));
  await come();
  reviews.visit({});
  await settle();

  reviews.visit({ shop: OTHER.id });
  await settle();

  expect([shown(), reviews.card.value?.shop.id]).toEqual([[6], OTHER.id]);
});

it('comes back with the connection where it had failed', async () => {
  await come();
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => (path.includes('/shops/') ? Promise.reject(new TypeError('offline')) : fetch(path, init)));
  reviews.visit({});
  await settle();
  vi.stubGlobal('fetch', fetch);

  server.drop(4000);
  await settle(60_000);

  expect(shown()).toEqual([5, 3]);
});

it('says that it failed, and tries again', async () => {
  await come();
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
  reviews.visit({});
  await settle();
  expect(reviews.listed.value).toMatchObject({ kind: 'failed', refusal: { code: 'offline' } });

  vi.stubGlobal('fetch', (path: string) => Promise.resolve(Response.json(answer(new URL(path, 'http://chat.example')))));
  reviews.again();
  await settle();

  expect(shown()).toEqual([5, 3]);
});
