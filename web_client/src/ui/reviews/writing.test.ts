import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { BUYER, FakeServer } from '../../../test/fake-server';
import { fleetingShelf, type Shelf } from '../../connection/keep';
import { Api } from '../../services/api';
import { cookieAuth } from '../../services/auth';
import { Client } from '../../state/client';
import { ReviewWriting } from './writing';

const PHOTO = { id: '0000000000000007', width: 4, height: 3 };
const NAME = 'rate:0000000000000003';

let shelf: Shelf;
const running: Client[] = [];

beforeEach(() => {
  shelf = fleetingShelf();
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ ticket: 'ticket', expires_at: 1 })));
});

afterEach(() => {
  running.splice(0).forEach((client) => {
    client.dispose();
  });
});

async function opened(): Promise<Client> {
  const server = new FakeServer();
  const client = new Client({ api: new Api(cookieAuth), socketUrl: 'ws://chat.example/socket', locale: () => 'en', shelf, dial: server.dial(BUYER) });
  running.push(client);
  client.start();
  await client.known();
  return client;
}

function begun(client: Client): ReviewWriting {
  const writing = new ReviewWriting(client, NAME);
  writing.restore(client.drafts.value);
  return writing;
}

test('stars, words and photos are there again after a reload', async () => {
  const first = begun(await opened());
  first.stars.value = 4;
  first.text.value = 'Pours well.';
  first.uploads.restore([PHOTO]);
  first.save();

  const again = begun(await opened());

  expect([again.stars.value, again.text.value, again.uploads.items.value.map(({ photo }) => photo)]).toEqual([4, 'Pours well.', [PHOTO]]);
});

test('what was said of the shop is there again too, also where it was only begun', async () => {
  const first = begun(await opened());
  first.stars.value = 4;
  first.details.value = { described: 5, shipping: 2 };
  first.save();

  const again = begun(await opened());

  expect(again.details.value).toEqual({ described: 5, shipping: 2 });
});

test('a star that was tapped on the way here stands before that of the draft', async () => {
  const client = await opened();
  const first = begun(client);
  first.stars.value = 2;
  first.save();

  const again = new ReviewWriting(client, NAME);
  again.stars.value = 5;
  again.restore(client.drafts.value);

  expect(again.stars.value).toBe(5);
});

test('what was refused is begun with, unless something was begun already', async () => {
  const client = await opened();
  const refused = { text: 'Ring me.', photos: [PHOTO] };
  const first = new ReviewWriting(client, NAME, refused);
  first.restore(client.drafts.value);
  expect(first.text.value).toBe('Ring me.');

  first.text.value = 'Pours well.';
  first.save();
  const again = new ReviewWriting(client, NAME, refused);
  again.restore(client.drafts.value);

  expect(again.text.value).toBe('Pours well.');
});

test('what was sent leaves no draft, also where the screen goes later', async () => {
  const client = await opened();
  const writing = begun(client);
  writing.text.value = 'Pours well.';
  writing.forget();
  writing.save();

  expect(client.drafts.value?.has(NAME)).toBe(false);
});

test('who signs out leaves nothing, also where the screen goes after that', async () => {
  const client = await opened();
  const writing = begun(client);
  writing.text.value = 'Pours well.';
  writing.save();
  client.signOut();
  writing.save();

  expect(shelf.length).toBe(0);
});

test('the same words keep their key over retries, other words get another', async () => {
  const writing = begun(await opened());
  writing.text.value = 'Pours well.';
  const first = writing.body();
  const again = writing.body();
  writing.text.value = 'Pours badly.';

  expect(again.client_key).toBe(first.client_key);
  expect(writing.body().client_key).not.toBe(first.client_key);
});

test('words are counted in code points, and too many do not go', async () => {
  const writing = begun(await opened());
  writing.text.value = '🫖'.repeat(4000);
  expect([writing.left.value, writing.isWhole.value]).toEqual([0, true]);

  writing.text.value += '!';
  expect([writing.left.value, writing.isWhole.value]).toEqual([-1, false]);
});
