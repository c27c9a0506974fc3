import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { BUYER, FakeServer } from '../../../test/fake-server';
import { fleetingShelf } from '../../connection/keep';
import { needPart, setLocale } from '../../i18n';
import '../../i18n/more';
import type { Action, Card } from '../../protocol/generated';
import { Api } from '../../services/api';
import { cookieAuth } from '../../services/auth';
import { Client } from '../../state/client';
import { ClientProvider, surroundings } from '../client';
import { ThreadView } from '../threads/ThreadView';
import type { Help } from '../threads/talk';

const THREAD = '0000000000000901';
const OPTIONS: Card = {
  kind: 'options',
  choices: [{ pick: 'entry:refund_time', label: 'When will I get my money back?' }, { pick: 'human', label: 'Talk to a person' }],
};

let server: FakeServer;
let client: Client;
let asked: { method: string; path: string; body: unknown }[];
const done: Action[] = [];
const help: Help = {
  act: (action) => done.push(action),
  suggest: () => Promise.resolve([{ entry: 'order_status', question: 'Where is my order?' }]),
  status: () => Promise.reject(new Error('not asked')),
};

beforeEach(async () => {
  server = new FakeServer();
  server.now = Date.now();
  server.addThread(THREAD, 'support');
  asked = [];
  done.length = 0;
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    if (path.endsWith('/socket-tickets')) return Promise.resolve(Response.json({ ticket: 'ticket' }));
    asked.push({ method: init.method ?? '', path, body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined });
    return Promise.resolve(path.endsWith('/feedback') ? new Response(null, { status: 204 }) : Response.json({}, { status: 404 }));
  });
  await Promise.all([setLocale('en'), needPart('more')]);
});

afterEach(() => {
  cleanup();
  client.dispose();
});

async function show(): Promise<void> {
  client = new Client({ api: new Api(cookieAuth), socketUrl: 'ws://chat.example/socket', locale: () => 'en', shelf: fleetingShelf(), dial: server.dial(BUYER) });
  client.start();
  render(
    <ClientProvider value={surroundings(client)}>
      <ThreadView threadId={THREAD} help={help} />
    </ClientProvider>,
  );
  await screen.findByRole('textbox');
  await screen.findByRole('region');
}

const said = (): unknown[] => server.heard.filter(({ t }) => t === 'message.send');

it('says what its button says, once, and closes the choice', async () => {
  server.answerAs(THREAD, 'Did you mean one of these?', OPTIONS);
  await show();

  fireEvent.click(await screen.findByRole('button', { name: 'When will I get my money back?' }));

  await waitFor(() => { expect(said()).toMatchObject([{ text: 'When will I get my money back?', pick: 'entry:refund_time' }]); });
  expect(screen.queryByRole('button', { name: 'Talk to a person' })).toBeNull();
});

it('keeps open only the choices of the newest message', async () => {
  server.answerAs(THREAD, 'Did you mean one of these?', OPTIONS);
  server.answerAs(THREAD, 'Or a person?', { kind: 'offer', choices: [{ pick: 'human', label: 'Talk to a person' }] });

  await show();

  expect(await screen.findByRole('button', { name: 'Talk to a person' })).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'When will I get my money back?' })).toBeNull();
});

it('leads to the screens that there are', async () => {
  const actions: Action[] = [{ kind: 'show_orders' }, { kind: 'message_seller', order: '0000000000000301' }, { kind: 'open_settings' }];
  server.answerAs(THREAD, 'Here they are.', { kind: 'answer', entry: 'order_status', actions });
  await show();

  fireEvent.click(await screen.findByRole('button', { name: 'Show my orders' }));
  fireEvent.click(screen.getByRole('button', { name: 'Message the seller' }));

  expect(done).toEqual(actions.slice(0, 2));
  expect(screen.queryAllByRole('button').filter(({ className }) => className.includes('button-plain'))).toHaveLength(2);
});

it('asks whether it helped, and remembers the answer', async () => {
  const seq = server.answerAs(THREAD, 'In three days.', { kind: 'answer', entry: 'refund_time', rates: true });
  server.answerAs(THREAD, 'In five days.', { kind: 'answer', entry: 'refund_time', rates: true, helpful: false });
  await show();
  expect(await screen.findByText('Sorry that this did not help')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Yes' })).toBeNull();
  const newest = server.answerAs(THREAD, 'In a week.', { kind: 'answer', entry: 'refund_time', rates: true });

  fireEvent.click(await screen.findByRole('button', { name: 'Yes' }));

  await screen.findByText('Thanks for telling us');
  await waitFor(() => {
    expect(asked).toContainEqual({ method: 'PUT', path: `/api/v1/threads/${THREAD}/messages/${String(newest)}/feedback`, body: { helpful: true } });
  });
  expect(seq).toBe(1);
});

it('says an answer aloud in full, as the bot, with what may be chosen', async () => {
  await show();

  server.answerAs(THREAD, 'Did you mean one of these?', OPTIONS);

  await waitFor(() => {
    const spoken = document.querySelector('[aria-live=polite].unseen')?.textContent;
    expect(spoken).toBe('Bot: Did you mean one of these? When will I get my money back? Talk to a person');
  });
});

it('offers questions where nothing was asked yet', async () => {
  await show();

  fireEvent.click(await screen.findByRole('button', { name: 'Where is my order?' }));

  await waitFor(() => { expect(said()).toMatchObject([{ text: 'Where is my order?', pick: 'entry:order_status' }]); });
});

it('says truthfully that a person was asked for', async () => {
  server.post(THREAD, BUYER, 'A person, please');
  await show();

  server.queue(THREAD);

  expect(await screen.findByText('A person from support will answer here.')).toBeTruthy();
});
