import { describe, expect, it } from 'vitest';

import { ME, NOON, OTHER_TEAM, row, said, start, VERA } from '../../test/desk';
import { quickest } from '../../test/quickest';
import type { DeskThread } from '../protocol/generated';
import { belongs, countsOf, listOf, LISTS, NO_FILTERS, type ListName } from './desk-lists';

const me = ME.id;
const mine = { id: me, name: ME.name };
const listsOf = (one: DeskThread): ListName[] => LISTS.filter((list) => belongs(one, list, NO_FILTERS, me));
const ids = (rows: readonly DeskThread[]): string[] => rows.map(({ id }) => id);

describe('a thread stands', () => {
  it.each<[Partial<DeskThread>, ListName[]]>([
    [{ state: 'bot' }, ['bot']],
    [{ state: 'queued' }, ['unassigned', 'all']],
    [{ state: 'queued_offline' }, ['unassigned', 'all']],
    [{ state: 'assigned', agent: mine }, ['mine', 'all']],
    [{ state: 'waiting_customer', agent: mine }, ['mine', 'all']],
    [{ state: 'assigned', agent: VERA }, ['all']],
    [{ state: 'snoozed', agent: mine }, ['all', 'snoozed']],
    [{ state: 'resolved', agent: mine }, ['resolved']],
  ])('where its state says: %o', (parts, lists) => {
    expect(listsOf(row({ last: said(1), ...parts }))).toEqual(lists);
  });

  it('nowhere with the bot before a word was said', () => {
    expect(listsOf(row({ state: 'bot' }))).toEqual([]);
  });

  it('where an agent has it or had it, as the list has it', () => {
    const isIn = (list: ListName, parts: Partial<DeskThread>): boolean => belongs(row({ last: said(1), ...parts }), list, { ...NO_FILTERS, agent: VERA.id }, me);

    expect(isIn('resolved', { state: 'resolved', last_agent: VERA })).toBe(true);
    expect(isIn('all', { state: 'queued', last_agent: VERA })).toBe(false);
    expect([isIn('unassigned', {}), isIn('mine', { state: 'assigned', agent: mine })]).toEqual([true, true]);
  });

  it('nowhere that a filter keeps it out of', () => {
    const one = row({ labels: ['refund'], priority: 2, agent: VERA, state: 'assigned' });
    const isIn = (filters: Partial<typeof NO_FILTERS>): boolean => belongs(one, 'all', { ...NO_FILTERS, ...filters }, me);

    expect([isIn({ label: 'refund' }), isIn({ priority: '2' }), isIn({ agent: VERA.id }), isIn({ team: one.team_id })]).toEqual([true, true, true, true]);
    expect([isIn({ label: 'spam' }), isIn({ priority: '0' }), isIn({ agent: me }), isIn({ team: OTHER_TEAM })]).toEqual([false, false, false, false]);
  });
});

describe('a list', () => {
  it('has who is next at its top where it is the queue', () => {
    const [late, early] = [row({ queue_key: 20 }), row({ queue_key: 10, last_at: NOON - 5 })];
    const [overnight, evening] = [row({ state: 'queued_offline', queued_at: NOON }), row({ state: 'queued_offline', queued_at: NOON - 9 })];

    expect(ids(listOf([overnight, late, evening, early], 'unassigned', NO_FILTERS, me, null))).toEqual(ids([early, late, evening, overnight]));
  });

  it('has what is newest at its top everywhere else', () => {
    const [old, fresh] = [row({ last_at: NOON }), row({ last_at: NOON + 9 })];

    expect(ids(listOf([old, fresh], 'all', NO_FILTERS, me, null))).toEqual(ids([fresh, old]));
  });

  it('ends at its last page, so that none is missing in between', () => {
    const [first, edge, beyond] = [row({ last_at: NOON + 3 }), row({ last_at: NOON + 2 }), row({ last_at: NOON + 1 })];
    const all = [beyond, edge, first];

    expect(ids(listOf(all, 'all', NO_FILTERS, me, edge))).toEqual(ids([first, edge]));
    expect(ids(listOf(all, 'all', NO_FILTERS, me, null))).toEqual(ids([first, edge, beyond]));
  });

  it('is made of ten thousand threads in a moment', () => {
    const rows = Array.from({ length: 10_000 }, (_, at) => row({ last_at: NOON + ((at * 7919) % 10_000) }));

    expect(listOf(rows, 'all', NO_FILTERS, me, null)).toHaveLength(10_000);
    expect(quickest(() => { listOf(rows, 'all', NO_FILTERS, me, null); })).toBeLessThan(500);
  });
});

it('counts what the server counts, of one team or of all', () => {
  const { counts } = start();

  expect(countsOf(counts, me)).toEqual({ mine: 3, unassigned: 3, all: 6, snoozed: 1 });
  expect(countsOf(counts, me, OTHER_TEAM)).toMatchObject({ unassigned: 1, all: 1, snoozed: 0 });
  expect(countsOf(null, me)).toEqual({});
});
