import { signal } from '@preact/signals';
import { expect, it } from 'vitest';

import type { ThreadView } from '../protocol/generated';
import type { Lobby, LobbyEvents } from '../state/lobby';
import { EMPTY_CHAT, listed, withThread, type Chat, type Thread } from '../state/model';
import { tellOfSupport } from './telling';

const ID = '0000000000000901';

function thread(state: ThreadView['state'], queue: Thread['queue'] = null): Thread {
  const person = { id: '0000000000000101', name: 'Ana' };
  const view: ThreadView = { id: ID, kind: 'support', my_side: 'customer', customer: person, last_seq: 0, last_at: 0, created_at: 0 };
  return { ...listed(state === undefined ? view : { ...view, state }), queue };
}

function told(first?: Thread): { events: unknown[][]; set: (thread: Thread) => void; events_: LobbyEvents[] } {
  const chat = signal<Chat>(first === undefined ? EMPTY_CHAT : withThread(EMPTY_CHAT, first));
  const events: unknown[][] = [];
  const events_: LobbyEvents[] = [];
  const lobby = { chat, listen: (heard: LobbyEvents) => events_.push(heard) } as unknown as Lobby;
  tellOfSupport(lobby, { event: (...event: unknown[]) => { events.push(event); } });
  return { events, events_, set: (next) => { chat.value = withThread(chat.value, next); } };
}

it('tells of a hand-off when it happens, and not of one that happened before', () => {
  const waiting = told(thread('queued'));
  expect(waiting.events).toEqual([]);

  const asking = told(thread('bot'));
  asking.set(thread('queued_offline'));
  asking.set(thread('queued_offline'));
  asking.set(thread('queued'));
  asking.set(thread('assigned'));

  expect(asking.events).toEqual([
    ['handoff', { thread: ID, state: 'queued_offline' }],
    ['handoff', { thread: ID, state: 'queued' }],
  ]);
});

it('tells each place in the queue once', () => {
  const { events, set } = told(thread('queued'));

  set(thread('queued', { position: 2, expectedMs: null }));
  set(thread('queued', { position: 2, expectedMs: null }));
  set(thread('queued', { position: 1, expectedMs: 60_000 }));

  expect(events).toEqual([
    ['queue', { thread: ID, position: 2, expectedMs: null }],
    ['queue', { thread: ID, position: 1, expectedMs: 60_000 }],
  ]);
});

it('tells what a reader thought of it', () => {
  const { events, events_ } = told();

  events_.forEach(({ rated }) => rated?.(ID, 5));

  expect(events).toEqual([['rated', { thread: ID, score: 5 }]]);
});
