import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { forgetVisitor, keepVisitor, keptVisitor } from '../connection/visitor-keep';
import { Refusal } from '../protocol/refusal';
import type { Client } from '../state/client';
import { claim, helpThread, merge, recall, visitorHeaders } from './visiting';
import type { Widget } from './widget';

const HOUR_MS = 3_600_000;
const WELCOME = { token: 'fresh', person: { id: '0000000000000702', name: '' } };
const KEPT = { token: 'secret', id: '0000000000000701', saidAt: 0 };

let welcomed: number;

beforeEach(() => {
  localStorage.clear();
  welcomed = 0;
  vi.stubGlobal('fetch', (path: string) => {
    if (path.endsWith('/visitors')) welcomed += 1;
    return Promise.resolve(Response.json(WELCOME, { status: 201 }));
  });
});

afterEach(() => {
  forgetVisitor();
});

function token(claims: object): string {
  const part = (value: object): string => btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return `${part({ alg: 'HS256' })}.${part(claims)}.x`;
}

type Fake = Widget & { told: unknown[]; started: number };

function widget(isGuest: boolean, claims: object = {}): Fake {
  const told: unknown[] = [];
  const made = {
    told,
    started: 0,
    isGuest: { value: isGuest },
    stack: { value: [] },
    embed: { event: (...event: unknown[]) => told.push(event) },
    auth: { headers: () => Promise.resolve({ Authorization: `Bearer ${token(claims)}` }) },
    lobby: { value: { start: () => { made.started += 1; }, listen: () => undefined } },
  };
  return made as unknown as Fake;
}

function client(open: () => Promise<unknown>): Client {
  return { open, hold: () => undefined, api: { mergeVisitor: () => Promise.resolve({ id: '1' }) } } as unknown as Client;
}

it('makes nobody a visitor before he asks', async () => {
  const here = widget(true);

  await recall(here);

  expect([welcomed, here.started, here.told]).toEqual([0, 0, []]);
  expect(() => visitorHeaders()).toThrow(Refusal);
});

it('makes a visitor of who asks, once, and tells the page who he is', async () => {
  const here = widget(true);
  const asks = client(() => Promise.resolve({ id: '1' }));

  await Promise.all([helpThread(here, asks), helpThread(here, asks)]);

  expect(welcomed).toBe(1);
  expect(here.told).toEqual([['visitor', { id: WELCOME.person.id }]]);
  expect(visitorHeaders()).toEqual({ Authorization: 'Visitor fresh' });
  expect(here.started).toBeGreaterThan(0);
});

it('opens what is asked about: help, or a complaint; the server learns where the visitor is', async () => {
  const [opened, posted]: [unknown[], unknown[]] = [[], []];
  vi.stubGlobal('fetch', (_: string, { body }: RequestInit) => {
    posted.push(JSON.parse(body as string));
    return Promise.resolve(Response.json(WELCOME, { status: 201 }));
  });
  const asks = { open: (about: unknown) => { opened.push(about); return Promise.resolve({ id: '1' }); } } as unknown as Client;

  await helpThread(widget(true), asks);
  await helpThread(widget(true), asks, 'complaint');

  expect(opened).toEqual([{ support: 'help' }, { support: 'complaint' }]);
  expect(posted).toEqual([{ locale: 'en', zone: Intl.DateTimeFormat().resolvedOptions().timeZone }]);
});

it('begins anew where the token has died', async () => {
  keepVisitor(KEPT);
  const answers = [Promise.reject(new Refusal('unauthenticated')), Promise.resolve({ id: '2' })];

  const view = await helpThread(widget(true), client(() => answers.shift() ?? Promise.reject(new Error('too often'))));

  expect(view).toEqual({ id: '2' });
  expect(keptVisitor()?.token).toBe('fresh');
});

it('takes a buyer for no visitor', async () => {
  await helpThread(widget(false), client(() => Promise.resolve({ id: '1' })));

  expect(welcomed).toBe(0);
});

it.each([
  ['the claim names him and he spoke today', { merge: KEPT.id }, HOUR_MS, 1],
  ['nobody claims him', {}, HOUR_MS, 0],
  ['another one is claimed', { merge: '0000000000000999' }, HOUR_MS, 0],
  ['he was silent for a day', { merge: KEPT.id }, 25 * HOUR_MS, 0],
])('asks a buyer only where it makes sense: %s', async (_, claims, ago, questions) => {
  keepVisitor({ ...KEPT, saidAt: Date.now() - ago });
  const here = widget(false, claims);

  await recall(here);

  expect(here.stack.value).toHaveLength(questions);
  expect(keptVisitor()?.token).toBe('secret');
});

it('forgets the visitor once his conversation is the buyer\'s', async () => {
  keepVisitor(KEPT);

  expect(await merge(client(() => Promise.reject(new Error('not asked'))))).toEqual({ id: '1' });

  expect(keptVisitor()).toBeNull();
});

it('reads a claim of a token, and nothing of what is none', () => {
  expect(claim(`Bearer ${token({ merge: 'x', name: 'Ána' })}`, 'merge')).toBe('x');
  expect(claim('nonsense', 'merge')).toBeUndefined();
  expect(claim('a.bm90IGpzb24.c', 'merge')).toBeUndefined();
});
