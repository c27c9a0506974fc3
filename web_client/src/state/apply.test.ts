import { describe, expect, it } from 'vitest';

import { BUYER, FakeServer, SELLER, SHOP, START } from '../../test/fake-server';
import type { OrderView, Push, ThreadView } from '../protocol/generated';
import { apply } from './apply';
import { knownOf } from './arrival';
import { forgetTyping, TYPING_MS } from './list';
import { EMPTY_CHAT, type Chat, type Message, type Timeline } from './model';
import { applyPage, applyWelcome, forgetTimelines } from './resume';
import { canEdit, canWithdraw, progressOf } from './progress';
import { threadsOf } from './select';
import { messageAt } from './timeline';

const THREAD = '0000000000000901';
const ELSEWHERE = '0000000000000902';
const LIMITS = { text: 4000, photos: 10, photo_bytes: 1, edit_ms: 900_000, withdraw_ms: 86_400_000 };

/** A fresh look at the server: the list, and the whole history of each thread in `opened`. */
function fresh(server: FakeServer, person = BUYER, opened = [THREAD]): Chat {
  const threads = [...server.threads.keys()].map((id) => server.view(id, person));
  const unread = threads.reduce((sum, { unread: own = 0 }) => sum + own, 0);
  const welcome = { t: 'welcome', id: 1, epoch: server.epoch, now: START, me: person, limits: LIMITS, threads, unread } as const;
  return opened.reduce((chat, id) => {
    const marks = server.view(id, person).marks ?? [];
    return applyPage(chat, { t: 'page', id: 1, thread_id: id, events: server.history(id, person), marks }, 'end');
  }, applyWelcome(EMPTY_CHAT, welcome, START));
}

/** Runs `act` and collects what the server pushes to this person meanwhile. */
function pushes(server: FakeServer, act: () => void, person = BUYER): Push[] {
  const got: Push[] = [];
  const wire = server.dial(person)('', {
    opened: () => undefined,
    received: (text) => got.push(JSON.parse(String(text)) as Push),
    closed: () => undefined,
  });
  act();
  wire.close();
  return got;
}

function applyAll(chat: Chat, all: readonly Push[]): Chat {
  return all.reduce((rest, push) => apply(rest, push, START).chat, chat);
}

/** What a person can see, with what is left out and what is empty told alike. */
function seen(chat: Chat): unknown {
  return {
    unread: chat.unread,
    orders: [...chat.orders.values()],
    threads: threadsOf(chat).map((view) => ({
      ...view,
      archived: view.archived ?? false,
      unread: view.unread ?? 0,
      timeline: chat.threads.get(view.id)?.timeline,
    })),
  };
}

function town(): FakeServer {
  const server = new FakeServer();
  server.addThread(THREAD);
  server.addThread(ELSEWHERE);
  server.post(THREAD, BUYER, 'Is it still there?');
  server.post(THREAD, SELLER, 'It is.');
  return server;
}

/** Every kind of thing that may happen in a thread. */
const DEEDS: Readonly<Record<string, (server: FakeServer) => void>> = {
  'a message of the other side': (server) => server.post(THREAD, SELLER, 'Blue or green?'),
  'an own message, written elsewhere': (server) => server.post(THREAD, BUYER, 'Green.'),
  'an edit': (server) => { server.edit(THREAD, SELLER, 2, 'It was.'); },
  'an edit of what is no longer the newest': (server) => { server.post(THREAD, SELLER, 'more'); server.edit(THREAD, BUYER, 1, 'Was it?'); },
  'a withdrawal': (server) => { server.withdraw(THREAD, SELLER, 2); },
  'an edit of what was then withdrawn': (server) => { server.edit(THREAD, SELLER, 2, 'No.'); server.withdraw(THREAD, SELLER, 2); },
  'the other side has read': (server) => { server.mark(THREAD, SELLER, 2, 2); },
  'the own mark, from another device': (server) => { server.mark(THREAD, BUYER, 2, 2); },
  'a message in a thread that is only listed': (server) => server.post(ELSEWHERE, SELLER, 'We are open.'),
  'marks in a thread that is only listed': (server) => { server.post(ELSEWHERE, SELLER, 'Hello'); server.mark(ELSEWHERE, BUYER, 1, 1); },
};

describe('old state and pushes', () => {
  for (const [name, deed] of Object.entries(DEEDS)) {
    it(`equal a fresh look: ${name}`, () => {
      const server = town();
      const before = fresh(server);

      const after = applyAll(before, pushes(server, () => { deed(server); }));

      expect(seen(after)).toEqual(seen(fresh(server)));
    });

    it(`change nothing the second time: ${name}`, () => {
      const server = town();
      const before = fresh(server);
      const all = pushes(server, () => { deed(server); });

      const twice = applyAll(before, all.flatMap((push) => [push, push]));

      expect(seen(twice)).toEqual(seen(fresh(server)));
    });
  }

  it('equal a fresh look for the shop as well', () => {
    const server = town();
    const before = fresh(server, SELLER);

    const all = pushes(server, () => {
      server.post(THREAD, BUYER, 'And the blue one?');
      server.post(THREAD, BUYER, 'Hello?');
      server.post(THREAD, SELLER, 'Gone.');
      server.post(THREAD, BUYER, 'A pity.');
    }, SELLER);

    expect(seen(applyAll(before, all))).toEqual(seen(fresh(server, SELLER)));
  });

  it('do so in any order, once what is missing was fetched', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const server = town();
      const before = fresh(server);
      const all = pushes(server, () => { Object.values(DEEDS).forEach((deed) => { deed(server); }); });
      const mixed = shuffled([...all, ...all.slice(0, 4)], seed);

      const after = heal(applyAll(before, mixed), server);

      expect(seen(after)).toEqual(seen(fresh(server)));
    }
  });
});

/** What the client fetches after a hole: the missing events and fresh views. */
function heal(chat: Chat, server: FakeServer): Chat {
  const last = chat.threads.get(THREAD)?.timeline?.last ?? 0;
  const page = { t: 'page', id: 1, thread_id: THREAD, events: server.history(THREAD, BUYER).slice(last), marks: [] } as const;
  const views = [...server.threads.keys()].map((id): Push => ({ t: 'thread', thread: server.view(id, BUYER) }));
  return applyAll(applyPage(chat, { ...page, events: [...page.events], marks: [] }, 'after'), views);
}

function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const mixed = [...items];
  let state = seed * 7919;
  for (let index = mixed.length - 1; index > 0; index -= 1) {
    state = (state * 48_271) % 2_147_483_647;
    const other = state % (index + 1);
    [mixed[index], mixed[other]] = [mixed[other] as Item, mixed[index] as Item];
  }
  return mixed;
}

describe('holes', () => {
  it('are asked for, and what came early waits', () => {
    const server = town();
    const before = fresh(server);
    const all = pushes(server, () => {
      server.post(THREAD, SELLER, 'three');
      server.post(THREAD, SELLER, 'four');
    });

    const { chat, wants } = apply(before, all[1] as Push, START);

    expect(wants).toContainEqual({ kind: 'history', threadId: THREAD, after: 2 });
    expect(chat.threads.get(THREAD)?.timeline?.last).toBe(2);
    expect(apply(chat, all[0] as Push, START).chat.threads.get(THREAD)?.timeline?.last).toBe(4);
  });

  it('in a thread that is only listed ask for its view', () => {
    const server = town();
    const before = fresh(server, BUYER, []);
    const all = pushes(server, () => { server.post(ELSEWHERE, SELLER, 'one'); server.post(ELSEWHERE, SELLER, 'two'); });

    expect(apply(before, all[1] as Push, START).wants).toEqual([{ kind: 'thread', threadId: ELSEWHERE }]);
  });

  it('of threads that are not known at all ask for the thread', () => {
    const push: Push = { t: 'event', thread_id: '0000000000000999', event: { kind: 'joined', seq: 9, at: 1, side: 'system' } };

    expect(apply(fresh(town()), push, START)).toMatchObject({ wants: [{ kind: 'thread', threadId: '0000000000000999' }] });
  });
});

const ORDER: OrderView = {
  id: '0000000000000701', number: 'KV-1', state: 'paid', version: 2, shop: SHOP, customer: BUYER, lines: [],
  total: { amount: '10.00', currency: 'EUR' }, placed_at: START,
};

describe('other pushes', () => {
  it('bring a new thread, and its unread messages into the total', () => {
    const server = town();
    const before = fresh(server);
    server.addThread('0000000000000903');
    server.post('0000000000000903', SELLER, 'New here');

    const { chat } = apply(before, { t: 'thread', thread: server.view('0000000000000903', BUYER) }, START);

    expect(seen(chat)).toEqual(seen(fresh(server)));
  });

  it('take a muted or archived thread out of the total', () => {
    const server = town();
    const before = fresh(server);
    expect(before.unread).toBe(1);

    const view: ThreadView = { ...server.view(THREAD, BUYER), muted: true };

    expect(apply(before, { t: 'thread', thread: view }, START).chat.unread).toBe(0);
  });

  it('do not let an older view take back what is known', () => {
    const server = town();
    const old = server.view(THREAD, BUYER);
    const before = fresh(server);
    const all = pushes(server, () => { server.post(THREAD, SELLER, 'newer'); server.mark(THREAD, BUYER, 3, 3); });
    const after = applyAll(before, all);

    const late = apply(after, { t: 'thread', thread: { ...old, blocked_by: 'them', can_write: false } }, START).chat;

    expect(late.threads.get(THREAD)?.view).toMatchObject({ last_seq: 3, unread: 0, read: 3, blocked_by: 'them', can_write: false });
  });

  it('do not let an older view put away, or call answered, what somebody has written since', () => {
    const server = town();
    const old: ThreadView = { ...server.view(THREAD, SELLER), archived: true };
    const { waiting_since: _, ...answered } = old;
    const before = apply(fresh(server, SELLER), { t: 'thread', thread: old }, START).chat;
    const asked = applyAll(before, pushes(server, () => { server.post(THREAD, BUYER, 'And this?'); }, SELLER));

    const late = apply(asked, { t: 'thread', thread: { ...answered, muted: true } }, START).chat.threads.get(THREAD)?.view;

    expect(late).toMatchObject({ archived: false, muted: true });
    expect(late?.waiting_since).toBe(asked.threads.get(THREAD)?.view.waiting_since);
    expect(late?.waiting_since).toBeDefined();
  });

  it('bring an order everywhere it is shown, and never an older one', () => {
    const before = fresh(town());
    const view: ThreadView = { ...before.threads.get(THREAD)?.view as ThreadView, kind: 'order', order: ORDER };
    const withOrder = apply(before, { t: 'thread', thread: view }, START).chat;

    const shipped = apply(withOrder, { t: 'order', order: { ...ORDER, state: 'shipped', version: 3 } }, START).chat;
    const late = apply(shipped, { t: 'order', order: ORDER }, START).chat;

    expect(late.threads.get(THREAD)?.view.order?.state).toBe('shipped');
    expect(late.orders.get(ORDER.id)?.version).toBe(3);
  });

  it('show who types for five seconds, or until he has said it', () => {
    const server = town();
    const before = fresh(server);
    const typing = apply(before, { t: 'typing_now', thread_id: THREAD, side: 'shop' }, START).chat;
    expect(typing.threads.get(THREAD)?.typing).toEqual({ side: 'shop', until: START + TYPING_MS });

    const said = applyAll(typing, pushes(server, () => { server.post(THREAD, SELLER, 'said'); }));

    expect(said.threads.get(THREAD)?.typing).toBeNull();
    expect(forgetTyping(typing, START + TYPING_MS).threads.get(THREAD)?.typing).toBeNull();
    expect(forgetTyping(typing, START + 1)).toBe(typing);
  });

  it('show whether the other side is there', () => {
    const before = fresh(town());

    const there = apply(before, { t: 'presence', thread_id: THREAD, side: 'shop', online: true }, START).chat;

    expect(there.threads.get(THREAD)?.online).toBe(true);
  });

  it('never let a mark go back', () => {
    const before = fresh(town());
    const mark = (delivered: number, read: number): Push => ({ t: 'marks', thread_id: THREAD, mark: { side: 'shop', delivered, read } });

    const after = applyAll(before, [mark(2, 2), mark(1, 0)]);
    const view = after.threads.get(THREAD)?.view as ThreadView;

    expect(progressOf(view, 1)).toBe('read');
    expect(progressOf(view, 3)).toBe('sent');
  });
});

describe('coming back', () => {
  it('brings what was missed, and keeps what was held', () => {
    const server = town();
    const before = fresh(server);
    server.post(THREAD, SELLER, 'while you were away');
    const events = server.history(THREAD, BUYER).slice(2);
    const threads = [server.view(THREAD, BUYER)];

    const after = applyWelcome(before, {
      t: 'welcome', id: 2, epoch: 'first', now: START, me: BUYER, limits: LIMITS, threads, sync: [{ thread: threads[0] as ThreadView, events }], unread: 2,
    }, START);

    expect(after.threads.get(THREAD)?.timeline).toEqual(fresh(server).threads.get(THREAD)?.timeline);
    expect(after.unread).toBe(2);
    expect(knownOf(after, 500)).toEqual([[THREAD, 3]]);
  });

  it('drops what is held where too much was missed', () => {
    const server = town();
    const before = fresh(server);
    for (let count = 0; count < 80; count += 1) server.post(THREAD, SELLER, String(count));
    const events = server.history(THREAD, BUYER).slice(-50);
    const thread = server.view(THREAD, BUYER);

    const after = applyWelcome(before, {
      t: 'welcome', id: 2, epoch: 'first', now: START, me: BUYER, limits: LIMITS, threads: [thread], sync: [{ thread, events, reset: true }],
    }, START);
    const timeline = after.threads.get(THREAD)?.timeline;

    expect(timeline).toMatchObject({ last: 82, moreBefore: true, moreAfter: false });
    expect(timeline?.events).toHaveLength(50);
  });

  it('drops all history of another store, and threads that are gone', () => {
    const before = fresh(town());
    const welcome = { t: 'welcome', id: 2, epoch: 'second', now: START, me: BUYER, limits: LIMITS, threads: [] } as const;

    expect(applyWelcome(before, { ...welcome, threads: [], reload: true }, START).threads.size).toBe(0);
    expect(applyWelcome(before, { ...welcome, threads: [], gone: [THREAD] }, START).threads.size).toBe(0);
  });

  it('belongs to another person: nothing of the one before is left', () => {
    const before = fresh(town());
    const welcome = { t: 'welcome', id: 2, epoch: 'first', now: START, me: SELLER, limits: LIMITS, threads: [] } as const;

    expect(applyWelcome(before, { ...welcome, threads: [] }, START).threads.size).toBe(0);
  });
});

describe('pages', () => {
  it('join on in front, and one that does not is left aside', () => {
    const server = town();
    for (let count = 3; count <= 9; count += 1) server.post(THREAD, SELLER, String(count));
    const all = server.history(THREAD, BUYER);
    const page = { t: 'page', id: 1, thread_id: THREAD, marks: [] } as const;
    const end = applyPage(fresh(server, BUYER, []), { ...page, marks: [], events: all.slice(6), more_before: true }, 'end');

    const older = applyPage(end, { ...page, marks: [], events: all.slice(2, 6), more_before: true }, 'before');
    const foreign = applyPage(end, { ...page, marks: [], events: all.slice(0, 2) }, 'before');

    expect(older.threads.get(THREAD)?.timeline?.events.map(({ seq }) => seq)).toEqual([3, 4, 5, 6, 7, 8, 9]);
    expect(foreign.threads.get(THREAD)?.timeline).toEqual(end.threads.get(THREAD)?.timeline);
  });

  it('around an old message leave the present; pushes then change the list alone', () => {
    const server = town();
    for (let count = 3; count <= 9; count += 1) server.post(THREAD, SELLER, String(count));
    const all = server.history(THREAD, BUYER);
    const page = { t: 'page', id: 1, thread_id: THREAD, marks: [], events: all.slice(0, 3), more_after: true } as const;
    const jumped = applyPage(fresh(server), { ...page, marks: [], events: [...page.events] }, 'around');

    const after = applyAll(jumped, pushes(server, () => { server.post(THREAD, SELLER, 'now'); }));
    const thread = after.threads.get(THREAD);

    expect(thread?.timeline?.last).toBe(3);
    expect(thread?.view.last_seq).toBe(10);
    expect(messageAt(jumped.threads.get(THREAD)?.timeline ?? { events: [], last: 0, moreBefore: false, moreAfter: false }, 9)).toBeNull();
  });

  it('are let go of where nobody looks', () => {
    const before = fresh(town());

    expect(forgetTimelines(before, [ELSEWHERE]).threads.get(THREAD)?.timeline).toBeNull();
    expect(forgetTimelines(before, [THREAD])).toBe(before);
  });
});

describe('what may be changed', () => {
  it('is an own message, for a while', () => {
    const chat = fresh(town());
    const own = messageAt(chat.threads.get(THREAD)?.timeline as Timeline, 1) as Message;

    expect(canEdit(chat, own, own.at + 899_000)).toBe(true);
    expect(canEdit(chat, own, own.at + 900_000)).toBe(false);
    expect(canWithdraw(chat, own, own.at + 86_000_000)).toBe(true);
    expect(canWithdraw(chat, { ...own, withdrawn: true }, own.at)).toBe(false);
    expect(canEdit(chat, { ...own, author: SELLER.id }, own.at)).toBe(false);
  });
});
