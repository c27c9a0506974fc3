import { describe, expect, it } from 'vitest';
import type { ThreadView } from '../protocol/generated';
import { ANSWER_WITHIN_MS, countsOf, dueAt, GROUPS, othersOf, threadsIn, urgencyOf } from './groups';

const HOUR_MS = 3_600_000;
const NOW = 1_800_000_000_000;

let lastId = 0;

function thread(parts: Partial<ThreadView> = {}): ThreadView {
  lastId += 1;
  const at = parts.last_at ?? NOW;
  return {
    id: lastId.toString(16).padStart(16, '0'),
    kind: 'product',
    my_side: 'shop',
    customer: { id: '00000000000000aa', name: 'Ana' },
    shop: { id: '00000000000000bb', name: 'Liman' },
    last_seq: 1,
    last_at: at,
    created_at: at,
    last: { kind: 'posted', seq: 1, at, side: 'customer', text: 'hello' },
    ...parts,
  };
}

const ids = (views: readonly ThreadView[]): string[] => views.map(({ id }) => id);

describe('threadsIn', () => {
  it('shows first what is due first', () => {
    const fresh = thread({ waiting_since: NOW - HOUR_MS, last_at: NOW });
    const oldest = thread({ waiting_since: NOW - 20 * HOUR_MS, last_at: NOW - 20 * HOUR_MS });
    const answered = thread({ last_at: NOW });

    expect(ids(threadsIn('needs_answer', [fresh, answered, oldest]))).toEqual(ids([oldest, fresh]));
  });

  it('shows what the seller himself asks of support among all, and as nothing that he owes', () => {
    const { shop: _, ...asked } = thread({ kind: 'support', my_side: 'customer', state: 'queued', waiting_since: NOW - HOUR_MS });

    const groups = GROUPS.filter((group) => threadsIn(group, [asked]).length > 0);

    expect(groups).toEqual(['all']);
    expect(dueAt(asked)).toBeNull();
  });

  it('shows all others by what is newest', () => {
    const older = thread({ last_at: NOW - HOUR_MS });
    const newer = thread({ last_at: NOW });
    const waits = thread({ waiting_since: NOW });

    expect(ids(threadsIn('waiting', [older, waits, newer]))).toEqual(ids([newer, older]));
  });

  it('keeps order threads in their group whether they wait or not', () => {
    const order = thread({ kind: 'order', last_at: NOW - 1 });
    const urgent = thread({ kind: 'order', waiting_since: NOW });

    expect(ids(threadsIn('orders', [order, thread(), urgent]))).toEqual(ids([urgent, order]));
  });

  it('hides a conversation that was only opened, and keeps the archive apart', () => {
    const { last: _, ...silent } = thread();
    const archived = thread({ archived: true, waiting_since: NOW });

    expect(threadsIn('all', [silent, archived])).toEqual([]);
    expect(ids(threadsIn('archived', [silent, archived]))).toEqual([archived.id]);
    expect(threadsIn('needs_answer', [archived])).toEqual([]);
  });

  it('has every thread of the list in one of the working groups', () => {
    const views = [thread(), thread({ waiting_since: NOW }), thread({ kind: 'order' })];
    const working = new Set([...threadsIn('needs_answer', views), ...threadsIn('waiting', views)]);

    expect(working.size).toBe(views.length);
    expect(GROUPS).toContain('all');
  });
});

it('counts what waits for an answer, and elsewhere what is unread and not muted', () => {
  const counts = countsOf([
    thread({ waiting_since: NOW, unread: 2 }),
    thread({ unread: 3 }),
    thread({ unread: 1, muted: true }),
    thread({ kind: 'order', unread: 1 }),
    thread({ archived: true, unread: 9 }),
  ]);

  expect(counts).toEqual({ needs_answer: 1, waiting: 2, orders: 1, all: 3, archived: 0 });
});

describe('the limit of 24 hours', () => {
  it('runs from the oldest unanswered message', () => {
    expect(dueAt(thread({ waiting_since: NOW }))).toBe(NOW + ANSWER_WITHIN_MS);
    expect(dueAt(thread())).toBe(null);
  });

  it('is put off by holidays, for the question that waited through them', () => {
    const due = { since: NOW, at: NOW + 9 * ANSWER_WITHIN_MS };
    const waited = thread({ waiting_since: NOW, answer_due: due });
    const asked = thread({ waiting_since: NOW + HOUR_MS, answer_due: due });

    expect([dueAt(waited), dueAt(asked)]).toEqual([due.at, NOW + HOUR_MS + ANSWER_WITHIN_MS]);
    expect(ids(threadsIn('needs_answer', [waited, asked]))).toEqual(ids([asked, waited]));
  });

  it('begins when the shop is back, for a question that came while it was away', () => {
    const back = NOW + 3 * ANSWER_WITHIN_MS;
    const asked = thread({ waiting_since: NOW, shop_away_until: back });
    const since = back + HOUR_MS;

    expect(dueAt(asked)).toBe(back + ANSWER_WITHIN_MS);
    expect(dueAt({ ...asked, waiting_since: since })).toBe(since + ANSWER_WITHIN_MS);
  });

  it('is calm, soon and late', () => {
    const due = NOW + ANSWER_WITHIN_MS;

    expect(urgencyOf(due, due - 12 * HOUR_MS - 1)).toBe('calm');
    expect(urgencyOf(due, due - 12 * HOUR_MS)).toBe('soon');
    expect(urgencyOf(due, due - 2.5 * HOUR_MS)).toBe('soon');
    expect(urgencyOf(due, due - 2.4 * HOUR_MS)).toBe('late');
    expect(urgencyOf(due, due)).toBe('late');
  });

  it('is none in a dispute, which has clocks of its own', () => {
    const view = thread({ kind: 'dispute', waiting_since: NOW });

    expect(dueAt(view)).toBeNull();
    expect(threadsIn('needs_answer', [view])).toEqual([]);
    expect(threadsIn('waiting', [view])).toEqual([]);
  });
});

it('finds other conversations of the same buyer with the same shop', () => {
  const view = thread();
  const other = thread({ last_at: NOW - 5 });
  const newest = thread({ last_at: NOW + 5 });
  const foreign = thread({ customer: { id: '00000000000000cc', name: 'Ana' } });
  const elsewhere = thread({ shop: { id: '00000000000000dd', name: 'Bora' } });

  expect(ids(othersOf(view, [view, other, foreign, elsewhere, newest]))).toEqual(ids([newest, other]));
});
