import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { BUYER, FakeServer } from '../../../test/fake-server';
import { fleetingShelf, type Shelf } from '../../connection/keep';
import { needPart, setLocale } from '../../i18n';
import '../../i18n/more';
import type { SupportStatus } from '../../protocol/generated';
import { Api } from '../../services/api';
import { cookieAuth } from '../../services/auth';
import { Client } from '../../state/client';
import { ClientProvider, surroundings } from '../client';
import { ThreadView } from '../threads/ThreadView';
import type { Help } from '../threads/talk';
import { supportNote } from './note';
import { QueueLine } from './QueueLine';
import { SupportLine } from './SupportLine';

const THREAD = '0000000000000901';

let server: FakeServer;
let shelf: Shelf;
let client: Client;
let asked: { method: string; path: string; body: unknown }[];
/** What the server says to the next write. */
let answer: () => Response;
let status: SupportStatus;

beforeEach(async () => {
  server = new FakeServer();
  // Within one minute, so that what one person says stays together.
  server.now = Math.floor(Date.now() / 60_000) * 60_000;
  server.addThread(THREAD, 'support');
  server.post(THREAD, BUYER, 'A person, please');
  shelf = fleetingShelf();
  asked = [];
  answer = () => new Response(null, { status: 204 });
  status = { open: false, text: 'Agents are back today at 07:00', bot: true, mail: true };
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    if (path.endsWith('/socket-tickets')) return Promise.resolve(Response.json({ ticket: 'ticket' }));
    asked.push({ method: init.method ?? '', path, body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined });
    return Promise.resolve(answer());
  });
  await Promise.all([setLocale('en'), needPart('more')]);
});

afterEach(() => {
  cleanup();
  client.dispose();
});

const statusOf = (): Promise<SupportStatus> => Promise.resolve(status);
const HELP: Help = { act: null, suggest: () => Promise.resolve([]), status: statusOf };

function Shown(): preact.JSX.Element {
  const thread = client.chat.value.threads.get(THREAD);
  return (
    <>
      <h1>{supportNote(thread?.view)}</h1>
      {thread && <QueueLine thread={thread} statusOf={statusOf} />}
      {thread && <div data-testid="line"><SupportLine view={thread.view} /></div>}
      <ThreadView threadId={THREAD} help={HELP} />
    </>
  );
}

async function show(): Promise<void> {
  client = new Client({ api: new Api(cookieAuth), socketUrl: 'ws://chat.example/socket', locale: () => 'en', shelf, dial: server.dial(BUYER) });
  client.start();
  render(<ClientProvider value={surroundings(client)}><Shown /></ClientProvider>);
  await screen.findByRole('textbox');
  await screen.findByRole('region');
}

it('says where one stands in the queue, as it moves, until it is over', async () => {
  await show();
  server.queue(THREAD);
  await screen.findByText('A person will answer here. You can leave: the answer stays here.');

  server.push(BUYER, { t: 'queue', thread_id: THREAD, position: 3, expected_ms: 5 * 60_000 });
  await screen.findByText('You are number 3 in the queue · about 5 minutes');
  expect(screen.getByTestId('line').textContent).toBe('You are number 3 in the queue');
  server.push(BUYER, { t: 'queue', thread_id: THREAD, position: 1, expected_ms: 20_000 });
  await screen.findByText('You are next in the queue · less than a minute');
  server.move(THREAD, 'support.joined', { state: 'assigned', agent: 'Vera' }, { name: 'Vera' });

  await screen.findByText('Vera from support is here.');
  expect(screen.queryByText(/in the queue/u)).toBeNull();
  expect(screen.getByRole('heading').textContent).toBe('Vera answers');
  expect(client.chat.value.threads.get(THREAD)?.queue).toBeNull();
});

it('knows the place in the queue from the first look', async () => {
  server.queue(THREAD);
  server.intercept = (command) =>
    command.t === 'watch' ? { t: 'watched', id: command.id, thread_id: THREAD, position: 2, expected_ms: 2 * 3_600_000 } : null;

  await show();

  expect(await screen.findByText('You are number 2 in the queue · about 2 hours')).toBeTruthy();
});

it('says when people are back, where nobody is here', async () => {
  server.move(THREAD, 'support.queued_offline', { state: 'queued_offline' });

  await show();

  expect(await screen.findByText('Agents are back today at 07:00')).toBeTruthy();
  expect(screen.getByText('A person from support will answer here when we are back.')).toBeTruthy();
});

it('names the person above what he says, once for a group', async () => {
  server.move(THREAD, 'support.joined', { state: 'assigned' });
  server.replyAs(THREAD, 'Vera', 'Hello, I am looking at it.');
  server.replyAs(THREAD, 'Vera', 'One moment.');

  await show();

  await screen.findByText('One moment.');
  expect(screen.getAllByText('Vera')).toHaveLength(1);
  expect(screen.getByText('A person from support is here.')).toBeTruthy();
  expect(screen.getAllByRole('listitem', { name: /^Vera/u })).toHaveLength(2);
});

it('asks once how it was, and thanks', async () => {
  server.move(THREAD, 'support.resolved', { state: 'resolved', csat: 0 });
  await show();

  const group = await screen.findByRole('group', { name: 'How was it?' });
  expect(within(group).getAllByRole('radio')).toHaveLength(5);
  expect(screen.queryByRole('button', { name: 'Send rating' })).toBeNull();
  fireEvent.click(within(group).getByRole('radio', { name: 'Good' }));
  fireEvent.input(screen.getByRole('textbox', { name: 'Would you like to add something?' }), { target: { value: ' Quick ' } });
  const rated = vi.fn();
  client.listen({ rated });
  fireEvent.submit(group.closest('form') as HTMLFormElement);

  await screen.findByText('Thank you. Your rating: Good');
  expect(asked).toContainEqual({ method: 'PUT', path: `/api/v1/threads/${THREAD}/csat`, body: { score: 4, comment: 'Quick' } });
  expect(rated).toHaveBeenCalledExactlyOnceWith(THREAD, 4);
  expect(screen.queryByRole('radio')).toBeNull();
});

it('shows what was said before, and takes it away when the conversation goes on', async () => {
  server.move(THREAD, 'support.resolved', { state: 'resolved', csat: 5 });
  await show();
  await screen.findByText('Your rating: Great');

  server.move(THREAD, 'support.reopened', { state: 'queued' });

  await screen.findByText('The conversation is open again.');
  expect(screen.queryByText('Your rating: Great')).toBeNull();
});

it('keeps the form where a rating is refused', async () => {
  server.move(THREAD, 'support.resolved', { state: 'resolved', csat: 0 });
  await show();
  answer = () => Response.json({ code: 'unavailable' }, { status: 503 });
  const radio = await screen.findByRole('radio', { name: 'Bad' });
  fireEvent.click(radio);
  fireEvent.submit(radio.closest('form') as HTMLFormElement);
  await waitFor(() => { expect(asked).toHaveLength(1); });

  expect((await screen.findByRole<HTMLInputElement>('radio', { name: 'Bad' })).checked).toBe(true);
});

async function away(): Promise<HTMLInputElement> {
  server.answerAs(THREAD, 'Nobody is here now.', { kind: 'offline' });
  server.move(THREAD, 'support.queued_offline', { state: 'queued_offline' });
  await show();
  return screen.findByLabelText('Leave an e-mail address and we write to you');
}

it('takes an address below the words that nobody is here, lets it be changed, and forgets it', async () => {
  const field = await away();

  fireEvent.input(field, { target: { value: 'ana@example.com' } });
  fireEvent.submit(field.form as HTMLFormElement);
  await screen.findByText('We will write to ana@example.com.');
  expect(asked).toContainEqual({ method: 'PUT', path: `/api/v1/threads/${THREAD}/email`, body: { email: 'ana@example.com' } });
  fireEvent.click(screen.getByRole('button', { name: 'Change' }));
  expect(screen.getByLabelText<HTMLInputElement>('Leave an e-mail address and we write to you').value).toBe('ana@example.com');
  fireEvent.submit(screen.getByLabelText<HTMLInputElement>('Leave an e-mail address and we write to you').form as HTMLFormElement);
  fireEvent.click(await screen.findByRole('button', { name: 'Forget the address' }));

  await screen.findByLabelText('Leave an e-mail address and we write to you');
  expect(asked.at(-1)).toEqual({ method: 'DELETE', path: `/api/v1/threads/${THREAD}/email`, body: undefined });
});

it('offers nothing where no mail can be sent', async () => {
  status = { ...status, mail: false };
  server.answerAs(THREAD, 'Nobody is here now.', { kind: 'offline' });
  server.move(THREAD, 'support.queued_offline', { state: 'queued_offline' });

  await show();

  await screen.findByText('Agents are back today at 07:00');
  expect(screen.queryByLabelText('Leave an e-mail address and we write to you')).toBeNull();
});

it('remembers the address on this device', async () => {
  const field = await away();
  fireEvent.input(field, { target: { value: 'ana@example.com' } });
  fireEvent.submit(field.form as HTMLFormElement);
  await screen.findByText('We will write to ana@example.com.');
  cleanup();
  client.dispose();

  await show();

  expect(await screen.findByText('We will write to ana@example.com.')).toBeTruthy();
});

it('says what is wrong with an address', async () => {
  const field = await away();

  fireEvent.submit(field.form as HTMLFormElement);
  expect((await screen.findByRole('alert')).textContent).toBe('This is no e-mail address.');
  expect(asked).toEqual([]);
  answer = () => Response.json({ code: 'quota_reached' }, { status: 429 });
  fireEvent.input(field, { target: { value: 'ana@example.com' } });
  expect(screen.queryByRole('alert')).toBeNull();
  fireEvent.submit(field.form as HTMLFormElement);

  expect((await screen.findByRole('alert')).textContent).toBe('That is enough for today. Try again tomorrow.');
  expect(field.getAttribute('aria-invalid')).toBe('true');
});

it('asks for no address once somebody is here', async () => {
  await away();

  server.queue(THREAD);

  await screen.findByText('A person from support will answer here.');
  expect(screen.queryByLabelText('Leave an e-mail address and we write to you')).toBeNull();
});
