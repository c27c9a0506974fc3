import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { BUYER, FakeServer, SELLER } from '../../test/fake-server';
import { CLOSE } from '../protocol/generated';
import { Refusal } from '../protocol/refusal';
import { ANSWER_MS } from './pending';
import { OPENING_MS, RENEW_BEFORE_MS, Session, type SessionParts } from './session';

const THREAD = '0000000000000901';

let server: FakeServer;

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  server.addThread(THREAD);
});

afterEach(() => {
  vi.useRealTimers();
});

function session(parts: Partial<SessionParts> = {}): Session {
  return new Session({
    url: 'ws://chat.example/socket',
    ticket: () => Promise.resolve('ticket'),
    hello: () => ({ epoch: '', known: [], locale: 'en' }),
    onWelcome: () => undefined,
    onPush: () => undefined,
    dial: server.dial(BUYER),
    random: () => 0,
    ...parts,
  });
}

const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

describe('a session', () => {
  it('gets a ticket, says hello with what it holds, and is open once it was welcomed', async () => {
    const welcomed = vi.fn();
    const one = session({ hello: () => ({ epoch: 'first', known: [[THREAD, 4]], locale: 'ro' }), onWelcome: welcomed });

    one.start();
    expect(one.state.value.kind).toBe('opening');
    await settle();

    expect(one.state.value.kind).toBe('open');
    expect(server.heard).toEqual([{ t: 'hello', id: 1, ticket: 'ticket', epoch: 'first', known: [[THREAD, 4]], locale: 'ro' }]);
    expect(welcomed).toHaveBeenCalledOnce();
  });

  it('hands pushes on, and answers to whom they belong', async () => {
    const pushed = vi.fn();
    const one = session({ onPush: pushed });
    one.start();
    await settle();

    server.post(THREAD, SELLER, 'hello');
    const [threads, page] = await Promise.all([one.ask({ t: 'threads' }), one.ask({ t: 'history', thread_id: THREAD })]);

    expect(pushed).toHaveBeenCalledOnce();
    expect(threads.t).toBe('thread_list');
    expect(page.t).toBe('page');
  });

  it('refuses a command at once while there is no connection', async () => {
    await expect(session().ask({ t: 'threads' })).rejects.toMatchObject({ code: 'offline', retryable: true });
  });

  it('says what the server refused, with its reason', async () => {
    const one = session();
    one.start();
    await settle();
    server.intercept = ({ id }) => ({ t: 'error', id, code: 'rate_limited', message: 'Slowly.', retryable: true, retry_after_ms: 900 });

    await expect(one.ask({ t: 'threads' })).rejects.toMatchObject({ code: 'rate_limited', retryable: true, retryAfterMs: 900 });
  });

  it('leaves no command without an end when the connection is lost, and comes back', async () => {
    const one = session();
    one.start();
    await settle();
    server.intercept = () => 'silence';
    const asked = one.ask({ t: 'threads' });
    const ended = expect(asked).rejects.toMatchObject({ code: 'offline' });

    server.drop(1006);
    await ended;
    expect(one.state.value.kind).toBe('waiting');
    server.intercept = null;
    await settle(500);

    expect(one.state.value.kind).toBe('open');
  });

  it('takes silence for death', async () => {
    const one = session();
    one.start();
    await settle();
    server.intercept = () => 'silence';
    const ended = expect(one.ask({ t: 'threads' })).rejects.toMatchObject({ code: 'offline' });

    await settle(ANSWER_MS);
    await ended;

    expect(one.state.value.kind).toBe('waiting');
    expect(server.lines.size).toBe(0);
  });

  it('does not hear what an earlier connection still has to say', async () => {
    const pushed = vi.fn();
    const one = session({ onPush: pushed });
    one.start();
    await settle();
    const [old] = [...server.lines];
    one.network(false);

    old?.events.received(JSON.stringify({ t: 'presence', thread_id: THREAD, side: 'shop', online: true }));
    old?.events.closed(4501);

    expect(pushed).not.toHaveBeenCalled();
    expect(one.state.value.kind).toBe('waiting');
  });

  it('comes back when it gets no ticket, but not when it is told that nobody is signed in', async () => {
    const ticket = vi.fn().mockRejectedValueOnce(new Refusal('offline')).mockRejectedValueOnce(new Refusal('unauthenticated'));
    const one = session({ ticket });

    one.start();
    await settle();
    expect(one.state.value.kind).toBe('waiting');
    await settle(500);

    expect(one.state.value).toEqual({ kind: 'stopped', code: CLOSE.badTicket });
    await settle(600_000);
    expect(ticket).toHaveBeenCalledTimes(2);
  });

  it('stays away after being signed out, until it is told otherwise', async () => {
    const one = session();
    one.start();
    await settle();

    server.drop(CLOSE.signedOut);
    await settle(600_000);
    expect(one.state.value).toEqual({ kind: 'stopped', code: CLOSE.signedOut });
    one.start();
    await settle();

    expect(one.state.value.kind).toBe('open');
  });

  it('renews its token before it runs out, again and again', async () => {
    const one = session();
    const life = 10 * 60_000;
    server.intercept = (command) => {
      if (command.t !== 'hello') return null;
      const { id } = command;
      const limits = { text: 4000, photos: 10, photo_bytes: 1, edit_ms: 1, withdraw_ms: 1 };
      return { t: 'welcome', id, epoch: 'first', now: 5_000, me: BUYER, limits, threads: [], expires_at: 5_000 + life };
    };
    one.start();
    await settle();

    await settle(2 * (life - RENEW_BEFORE_MS));

    expect(server.heard.filter(({ t }) => t === 'token.renew')).toHaveLength(2);
    expect(one.state.value.kind).toBe('open');
  });

  it('gives up a socket that is never welcomed', async () => {
    server.intercept = () => 'silence';
    const one = session();
    one.start();

    await settle(ANSWER_MS);
    expect(one.state.value.kind).toBe('waiting');
  });

  it('gives up a ticket that never comes', async () => {
    const one = session({ ticket: () => new Promise<string>(() => undefined) });
    one.start();

    await settle(OPENING_MS);
    expect(one.state.value.kind).toBe('waiting');
  });

  it('ignores what is not a frame of this protocol', async () => {
    const pushed = vi.fn();
    const one = session({ onPush: pushed });
    one.start();
    await settle();
    const [line] = [...server.lines];

    for (const junk of ['', '{', 'null', '[]', '{"t":"ack"}', '{"t":"reload_page"}', new ArrayBuffer(3)]) line?.events.received(junk);

    expect(pushed).not.toHaveBeenCalled();
    expect(one.state.value.kind).toBe('open');
  });
});
