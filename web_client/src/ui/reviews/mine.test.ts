import { expect, test } from 'vitest';

import type { MyReviews as Page, OwnReview, ToRate } from '../../protocol/generated';
import { ReviewsApi } from '../../services/reviews';
import { MyReviews } from './mine';

const ABOUT = { order_id: '0000000000000002', line_id: '0000000000000003', title: 'Lamp', photo_url: '', shop: { id: '0000000000000004', name: 'Liman' } };
const TO_RATE: ToRate = { about: ABOUT, until: 9 };

function review(id: string): OwnReview {
  return { id, about: ABOUT, stars: 5, rated_at: 1, texts: [], replies: [] };
}

/** A server whose pages are these, by the place where each begins. */
class Served extends ReviewsApi {
  readonly asked: string[] = [];
  pages: Record<string, Page>;

  constructor(pages: Record<string, Page>) {
    super({ renewable: false, headers: () => Promise.resolve({}) });
    this.pages = pages;
  }

  override mine(before = ''): Promise<Page> {
    this.asked.push(before);
    const page = this.pages[before];
    return page === undefined ? Promise.reject(new TypeError('no such page')) : Promise.resolve(page);
  }
}

function ids(mine: MyReviews): string[] {
  return (mine.given.value ?? []).map(({ id }) => id);
}

test('pages follow each other until there are no more', async () => {
  const api = new Served({ '': { to_rate: [TO_RATE], reviews: [review('c')], next: 'x' }, x: { to_rate: [TO_RATE], reviews: [review('b')] } });
  const mine = new MyReviews(api);

  await mine.refresh();
  await mine.more();
  await mine.more();

  expect(ids(mine)).toEqual(['c', 'b']);
  expect(api.asked).toEqual(['', 'x']);
});

test('a fresh first page keeps the pages behind it', async () => {
  const api = new Served({ '': { to_rate: [], reviews: [review('c')], next: 'x' }, x: { to_rate: [], reviews: [review('b')], next: 'y' } });
  const mine = new MyReviews(api);
  await mine.refresh();
  await mine.more();

  api.pages = { ...api.pages, '': { to_rate: [], reviews: [review('d'), review('c')], next: 'z' }, y: { to_rate: [], reviews: [review('a')] } };
  await mine.refresh();
  await mine.more();

  expect(ids(mine)).toEqual(['d', 'c', 'b', 'a']);
});

test('what a push tells of while a page is on its way is fetched after it', async () => {
  const api = new Served({ '': { to_rate: [], reviews: [review('a')] } });
  const mine = new MyReviews(api);
  await mine.renew();
  expect(api.asked).toEqual([]);

  const first = mine.refresh();
  const told = mine.renew();
  api.pages = { '': { to_rate: [], reviews: [review('b'), review('a')] } };
  await Promise.all([first, told]);

  expect(api.asked).toEqual(['', '']);
  expect(ids(mine)).toEqual(['b', 'a']);
});

test('what failed to come is fetched when there is news', async () => {
  const api = new Served({});
  const mine = new MyReviews(api);
  await mine.refresh();

  api.pages = { '': { to_rate: [], reviews: [review('a')] } };
  await mine.renew();

  expect(ids(mine)).toEqual(['a']);
  expect(mine.refusal.value).toBeNull();
});

test('what is looked for is fetched as far as it must be', async () => {
  const api = new Served({ '': { to_rate: [], reviews: [review('c')], next: 'x' }, x: { to_rate: [], reviews: [review('b')], next: 'y' } });
  const mine = new MyReviews(api);

  await mine.find((given) => given.some(({ id }) => id === 'b'));

  expect(api.asked).toEqual(['', 'x']);
});

test('what could not be fetched is told, and forgotten when it could', async () => {
  const api = new Served({});
  const mine = new MyReviews(api);

  await mine.refresh();
  expect([mine.refusal.value?.code, mine.given.value]).toEqual(['internal', null]);

  api.pages = { '': { to_rate: [], reviews: [] } };
  await mine.refresh();
  expect([mine.refusal.value, mine.given.value]).toEqual([null, []]);
});
