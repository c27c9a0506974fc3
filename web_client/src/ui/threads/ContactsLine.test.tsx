import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { BUYER, FakeServer } from '../../../test/fake-server';
import { fleetingShelf } from '../../connection/keep';
import { needPart, setLocale } from '../../i18n';
import '../../i18n/more';
import type { Posted201 } from '../../protocol/generated';
import { Api } from '../../services/api';
import { cookieAuth } from '../../services/auth';
import { Client } from '../../state/client';
import { ClientProvider, surroundings } from '../client';
import { ThreadView } from './ThreadView';

const THREAD = '0000000000000901';
const HIDDEN = /^Contact details were hidden/u;
const SEEN = /^Please keep it here/u;

let server: FakeServer;
let client: Client;
/** What the server answers to an edit. */
let edited: Partial<Posted201>;

beforeEach(async () => {
  server = new FakeServer();
  server.now = Date.now();
  server.addThread(THREAD);
  edited = {};
  vi.stubGlobal('fetch', (path: string, { method }: RequestInit = {}) => {
    if (method === 'PATCH') return Promise.resolve(Response.json({ thread_id: THREAD, seq: 2, at: server.now, ...edited }));
    return Promise.resolve(path.endsWith('/socket-tickets') ? Response.json({ ticket: 'ticket' }) : Response.json({}, { status: 404 }));
  });
  await Promise.all([setLocale('en'), needPart('more')]);
  client = new Client({ api: new Api(cookieAuth), socketUrl: 'ws://chat.example/socket', locale: () => 'en', shelf: fleetingShelf(), dial: server.dial(BUYER) });
  client.start();
  render(
    <ClientProvider value={surroundings(client)}>
      <ThreadView threadId={THREAD} />
    </ClientProvider>,
  );
  await screen.findByRole('textbox');
  await screen.findByRole('region');
});

afterEach(() => {
  cleanup();
  client.dispose();
});

/** The server finds contacts in what is sent, and stores `stored`; its own push comes before its answer or never. */
function finds(stored: string, { pushes, hides }: { pushes: boolean; hides: boolean }): void {
  server.intercept = (command) => {
    if (command.t !== 'message.send') return null;
    const seq = pushes ? server.post(THREAD, BUYER, stored, command.client_key) : 1;
    return { t: 'ack', id: command.id, thread_id: THREAD, seq, at: server.now, contacts: true, ...(hides ? { text: stored } : {}) };
  };
}

function say(text: string): void {
  const area = screen.getByRole('textbox');
  fireEvent.input(area, { target: { value: text } });
  fireEvent.keyDown(area, { key: 'Enter' });
}

const shown = (words: RegExp): HTMLElement[] => screen.queryAllByText(words, { selector: '.bubble-foot *' });

it.each([true, false])('shows what was stored where contacts were hidden, and says why (its own push first: %s)', async (pushes) => {
  finds('Call me at •••', { pushes, hides: true });

  say('Call me at +373 69 123 456');

  await screen.findByText('Call me at •••');
  await waitFor(() => { expect(shown(HIDDEN)).toHaveLength(1); });
  expect(screen.queryByText(/69 123/u)).toBeNull();
  expect(client.letters.value).toEqual([]);
});

it('says why contacts had better stay away where they are only seen, aloud as well', async () => {
  finds('Call me at +373 69 123 456', { pushes: true, hides: false });

  say('Call me at +373 69 123 456');

  await waitFor(() => { expect(shown(SEEN)).toHaveLength(1); });
  expect(screen.getByText('Call me at +373 69 123 456')).toBeTruthy();
  const aloud = screen.getAllByText(SEEN).filter((element) => element.getAttribute('aria-live') === 'polite');
  expect(aloud).toHaveLength(1);
});

it('follows the newest words of a message', async () => {
  say('Hello');
  await screen.findByText('Sent');
  expect(shown(HIDDEN)).toEqual([]);

  edited = { contacts: true, text: 'Call •••' };
  await client.edit(THREAD, 1, 'Call +373 69 123 456');
  server.edit(THREAD, BUYER, 1, 'Call •••');
  await screen.findByText('Call •••');
  expect(shown(HIDDEN)).toHaveLength(1);

  edited = {};
  await client.edit(THREAD, 1, 'Write here');
  await waitFor(() => { expect(shown(HIDDEN)).toEqual([]); });
});

it('says nothing under a message that was taken back', async () => {
  finds('Call me at •••', { pushes: true, hides: true });
  say('Call me at +373 69 123 456');
  await waitFor(() => { expect(shown(HIDDEN)).toHaveLength(1); });

  server.withdraw(THREAD, BUYER, 1);

  await waitFor(() => { expect(shown(HIDDEN)).toEqual([]); });
});
