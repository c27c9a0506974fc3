import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { BUYER, FakeServer, SELLER } from '../../../test/fake-server';
import { fleetingShelf, type Shelf } from '../../connection/keep';
import type { Dial } from '../../connection/socket';
import { needPart, setLocale } from '../../i18n';
import '../../i18n/more';
import { Api } from '../../services/api';
import { cookieAuth } from '../../services/auth';
import { Client } from '../../state/client';
import { ClientProvider, surroundings } from '../client';
import { ThreadView } from './ThreadView';

const THREAD = '0000000000000901';

let server: FakeServer;
let shelf: Shelf;
let client: Client;

beforeEach(async () => {
  server = new FakeServer();
  server.now = Date.now();
  server.addThread(THREAD);
  shelf = fleetingShelf();
  vi.stubGlobal('fetch', (path: string) =>
    Promise.resolve(path.endsWith('/socket-tickets') ? Response.json({ ticket: 'ticket' }) : Response.json({}, { status: 404 })),
  );
  await Promise.all([setLocale('en'), needPart('more')]);
});

afterEach(() => {
  cleanup();
  client.dispose();
});

async function show(): Promise<void> {
  client = new Client({ api: new Api(cookieAuth), socketUrl: 'ws://chat.example/socket', locale: () => 'en', shelf, dial: server.dial(BUYER) });
  client.start();
  render(
    <ClientProvider value={surroundings(client)}>
      <ThreadView threadId={THREAD} />
    </ClientProvider>,
  );
  await screen.findByRole('textbox');
  await screen.findByRole('region');
}

const area = (): HTMLTextAreaElement => screen.getByRole('textbox');

function write(text: string): void {
  fireEvent.input(area(), { target: { value: text } });
}

it('shows text as text, and links that lead where they say', async () => {
  const hostile = '<img src=x onerror=alert(1)> <script>alert(1)</script> https://shop.example/a';
  server.post(THREAD, SELLER, hostile);

  await show();

  const message = await screen.findByRole('listitem', { name: /Atelier/u });
  expect(message.textContent).toContain('<img src=x onerror=alert(1)> <script>alert(1)</script>');
  expect(message.querySelector('img, script')).toBeNull();
  const link = within(message).getByRole('link');
  expect(link.getAttribute('href')).toBe('https://shop.example/a');
  expect(link.getAttribute('rel')).toBe('noopener noreferrer nofollow ugc');
  expect(message.querySelector('[dir=auto]')).not.toBeNull();
});

it('sends with Enter, breaks the line with Shift and Enter, and leaves letters being composed alone', async () => {
  await show();
  write('Hello');

  fireEvent.keyDown(area(), { key: 'Enter', shiftKey: true });
  fireEvent.keyDown(area(), { key: 'Enter', isComposing: true });
  expect(server.history(THREAD, BUYER)).toEqual([]);
  fireEvent.keyDown(area(), { key: 'Enter' });

  await waitFor(() => { expect(server.history(THREAD, BUYER)).toMatchObject([{ text: 'Hello' }]); });
  expect(area().value).toBe('');
  expect(await screen.findByText('Sent')).toBeTruthy();
});

it('shows a message at once, says that it is on its way, and only then that it was sent', async () => {
  await show();
  server.intercept = ({ t }) => (t === 'message.send' ? 'silence' : null);
  write('Slowly');
  fireEvent.keyDown(area(), { key: 'Enter' });

  await screen.findByText('Slowly');
  expect(screen.getByText('Sending')).toBeTruthy();
  expect(screen.queryByText('Sent')).toBeNull();
  server.post(THREAD, BUYER, 'Slowly', client.letters.value[0]?.key);

  await screen.findByText('Sent');
  expect(screen.getAllByText('Slowly')).toHaveLength(1);
});

it('says what was refused, and lets its author try again or throw it away', async () => {
  await show();
  server.intercept = ({ t, id }) => (t === 'message.send' ? { t: 'error', id, code: 'blocked', message: '' } : null);
  write('Refused');
  fireEvent.keyDown(area(), { key: 'Enter' });

  const failed = await screen.findByRole('alert');
  expect(failed.textContent).toContain('Not sent');
  server.intercept = null;
  fireEvent.click(within(failed).getByText('Try again'));

  await screen.findByText('Sent');
  expect(server.history(THREAD, BUYER)).toHaveLength(1);
});

it('does not send what is empty or too long', async () => {
  await show();

  for (const text of ['', '   \n ', 'x'.repeat(4001)]) {
    write(text);
    fireEvent.keyDown(area(), { key: 'Enter' });
  }

  expect(await screen.findByText('1 character too many')).toBeTruthy();
  expect(server.heard.filter(({ t }) => t === 'message.send')).toEqual([]);
});

/** Shows the thread to somebody who presses Enter before it is known who he is; answers how to make it known. */
async function sendEarly(text: string): Promise<() => Promise<void>> {
  const greet: (() => void)[] = [];
  const dial: Dial = (url, events) => server.dial(BUYER)(url, { ...events, opened: () => { greet.push(() => { events.opened(); }); } });
  client = new Client({ api: new Api(cookieAuth), socketUrl: 'ws://chat.example/socket', locale: () => 'en', shelf, dial });
  client.start();
  client.hold([server.view(THREAD, BUYER)]);
  render(
    <ClientProvider value={surroundings(client)}>
      <ThreadView threadId={THREAD} />
    </ClientProvider>,
  );
  await screen.findByRole('textbox');
  write(text);
  fireEvent.keyDown(area(), { key: 'Enter' });
  return async () => {
    await waitFor(() => { expect(greet).toHaveLength(1); });
    greet[0]?.();
  };
}

it('sends what was sent before it was known who is here, once that is known, and once', async () => {
  const makeKnown = await sendEarly('Early');
  fireEvent.keyDown(area(), { key: 'Enter' });
  expect(area().value).toBe('Early');

  await makeKnown();

  expect(await screen.findByText('Sent')).toBeTruthy();
  expect(area().value).toBe('');
  expect(server.history(THREAD, BUYER)).toMatchObject([{ text: 'Early' }]);
});

it('leaves the words of who has written on since then until they are sent', async () => {
  const makeKnown = await sendEarly('Early');
  write('Early, but then');

  await makeKnown();
  await client.known();
  await waitFor(() => { expect(client.connection.value.kind).toBe('open'); });
  expect(area().value).toBe('Early, but then');
  write('Early, but then late');
  fireEvent.keyDown(area(), { key: 'Enter' });

  expect(await screen.findByText('Sent')).toBeTruthy();
  expect(server.history(THREAD, BUYER)).toMatchObject([{ text: 'Early, but then late' }]);
});

it('keeps a draft for the next visit', async () => {
  await show();
  write('Half a');
  cleanup();
  client.dispose();

  await show();

  await waitFor(() => { expect(area().value).toBe('Half a'); });
});

it('says aloud what the other side writes', async () => {
  await show();

  server.post(THREAD, SELLER, 'Here I am');

  await waitFor(() => { expect(document.querySelector('[aria-live=polite].unseen')?.textContent).toBe('Atelier: Here I am'); });
});

it('shows that a message was edited or withdrawn', async () => {
  server.post(THREAD, SELLER, 'First words');
  server.post(THREAD, SELLER, 'Regretted');
  await show();

  server.edit(THREAD, SELLER, 1, 'Better words');
  server.withdraw(THREAD, SELLER, 2);

  await screen.findByText('Better words');
  expect(screen.getByText('edited')).toBeTruthy();
  expect(screen.getByText('This message was withdrawn')).toBeTruthy();
  expect(screen.queryByText('Regretted')).toBeNull();
});

it('takes up the last own message with the arrow up, and lets go of it with Escape', async () => {
  server.post(THREAD, BUYER, 'Mine');
  await show();
  await screen.findByText('Mine');
  write('half');
  write('');

  fireEvent.keyDown(area(), { key: 'ArrowUp' });
  await screen.findByText('Editing a message');
  await waitFor(() => { expect(area().value).toBe('Mine'); });
  fireEvent.keyDown(area(), { key: 'Escape' });

  await waitFor(() => { expect(area().value).toBe(''); });
});
