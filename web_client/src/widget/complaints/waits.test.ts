import { expect, test } from 'vitest';

import type { ComplaintView } from '../../protocol/generated';
import type { Message, Thread, ThreadEvent } from '../../state/model';
import { hasWaited, isShown, isWithShop, tellsOfComplaint, waitsSince } from './waits';

const HOUR = 3600 * 1000;

function says(side: Message['side'], at: number, more: Partial<Message> = {}): Message {
  return { kind: 'posted', seq: at, at, side, author: side, text: 'words', ...more };
}

function talk(...events: ThreadEvent[]): Thread {
  const view: Thread['view'] = { id: 't1', kind: 'product', my_side: 'customer', customer: { id: 'p1', name: 'Ana' }, last_seq: 9, last_at: 9, created_at: 1 };
  return { view, timeline: { events, last: 9, moreBefore: false, moreAfter: false }, ahead: [], typing: null, online: null, queue: null };
}

test('the oldest message after the last answer waits', () => {
  expect(waitsSince(talk(says('customer', 1), says('shop', 2), says('customer', 3), says('customer', 4)))).toBe(3);
});

test('nothing waits where the shop has the last word', () => {
  expect(waitsSince(talk(says('customer', 1), says('shop', 2)))).toBeNull();
});

test('an answer that was taken back, or that a machine gave, is none', () => {
  const { author: _, ...automatic } = says('shop', 3);
  expect(waitsSince(talk(says('customer', 1), says('shop', 2, { withdrawn: true }), automatic))).toBe(1);
});

test('a message that was taken back waits for nothing', () => {
  expect(waitsSince(talk(says('customer', 1, { withdrawn: true }), says('customer', 2)))).toBe(2);
});

test('nothing is said of a conversation of which only an older part is known', () => {
  const thread = talk(says('customer', 1));
  expect(waitsSince({ ...thread, timeline: null })).toBeNull();
  expect(waitsSince({ ...thread, timeline: { events: [says('customer', 1)], last: 1, moreBefore: false, moreAfter: true } })).toBeNull();
});

test('over 48 hours are long, and 48 are not', () => {
  expect(hasWaited(0, 48 * HOUR)).toBe(false);
  expect(hasWaited(0, 48 * HOUR + 1)).toBe(true);
});

test('buyers complain of shops alone, and shops of nobody', () => {
  const thread = talk();
  expect(isWithShop(thread)).toBe(true);
  expect(isWithShop({ ...thread, view: { ...thread.view, my_side: 'shop' } })).toBe(false);
  expect(isWithShop({ ...thread, view: { ...thread.view, kind: 'support' } })).toBe(false);
  expect(isWithShop({ ...thread, view: { ...thread.view, kind: 'dispute' } })).toBe(false);
});

test('a conversation tells of its complaint', () => {
  expect(tellsOfComplaint(talk(says('customer', 1)))).toBe(false);
  expect(tellsOfComplaint(talk({ kind: 'state', seq: 2, at: 2, side: 'system', code: 'complaint.opened' }))).toBe(true);
});

test('a complaint is shown while it is open, and a week from its end on', () => {
  const view: ComplaintView = {
    id: 'c1', thread_id: 't1', state: 'under_review', revision: 3, my_side: 'buyer', buyer: { id: 'p1', name: 'Ana' }, shop: { id: 's1', name: 'Light' },
    about: 'Lamp', opened_at: 0, text: '', messages: [], waited_ms: 1, response: { per_mille: null, median_ms: null, counted: 0 }, acts: [],
  };
  expect(isShown(view, 1000 * HOUR)).toBe(true);
  expect(isShown({ ...view, state: 'upheld', closed_at: HOUR }, 168 * HOUR)).toBe(true);
  expect(isShown({ ...view, state: 'upheld', closed_at: HOUR }, 169 * HOUR)).toBe(false);
});
