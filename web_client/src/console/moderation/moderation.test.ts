import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Decisions, ModerationQueue, QueuedText, ReportedText } from '../../protocol/generated';
import { Refusal } from '../../protocol/refusal';
import { nextOf } from './lane';
import { HOLD_MS, Moderation, suggested, type ModerationApi } from './moderation';
import { QueueWatch } from './watch';

const shop = { id: '00000000000000a1', name: 'Karavela Home' };
const author = { id: '00000000000000b1', name: 'Ana Rusu' };

function text(id: string, more: Partial<QueuedText> = {}): QueuedText {
  const part = 'text' as const;
  return { review_id: id, part, revision: 1, stars: 5, product: 'Lamp', shop, author, text: id, language: 'en', photos: [], found: [], written_at: 1, attempts: 1, ...more };
}

function reported(id: string): ReportedText {
  const { review_id, part, revision, stars, product, language } = text(id);
  return { review_id, part, revision, stars, product, shop, author, text: id, language, photos: [], reports: [] };
}

/** What the server has, and what it was asked for. */
let here: ModerationQueue;
let sent: Decisions['decisions'][];
let deeds: string[];
/** What it answers to decisions about a review, where that is not `ok`. */
let outcomes: Record<string, string>;
let broken: Refusal | null;
let room: Moderation;
let watch: QueueWatch;

const api: ModerationApi = {
  decideTexts: ({ decisions }) => {
    if (broken !== null) return Promise.reject(broken);
    sent.push(decisions);
    const answers = decisions.map(({ review_id }) => outcomes[review_id] ?? 'ok');
    const done = new Set(decisions.filter((_, at) => answers[at] === 'ok').map(({ review_id }) => review_id));
    here = { ...here, texts: here.texts.filter(({ review_id }) => !done.has(review_id)), waiting: here.waiting - done.size };
    return Promise.resolve({ outcomes: answers });
  },
  settleReports: ({ review_id }) => {
    deeds.push(`stand ${review_id}`);
    return broken === null ? Promise.resolve() : Promise.reject(broken);
  },
  hideText: ({ review_id }, { reason }) => {
    deeds.push(`hide ${review_id} ${reason ?? ''}`);
    return Promise.resolve();
  },
  annulRating: () => Promise.resolve(),
  translateText: () => Promise.resolve({}),
  photoUrl: (id) => id,
};

const listed = (): string[] => room.waiting.texts.value.map(({ review_id }) => review_id);
const open = (): string | undefined => room.lane.value.open.value?.review_id;
const find = (id: string): QueuedText[] => room.waiting.texts.value.filter(({ review_id }) => review_id === id);
const sendingTime = (): Promise<unknown> => vi.advanceTimersByTimeAsync(HOLD_MS);

beforeEach(async () => {
  vi.useFakeTimers();
  here = { texts: ['a', 'b', 'c', 'd'].map((id) => text(id)), waiting: 4, reported: ['x', 'y'].map(reported), reports: 2 };
  [sent, deeds, outcomes, broken] = [[], [], {}, null];
  watch = new QueueWatch({ moderation: () => Promise.resolve(here) });
  room = new Moderation(api, watch);
  await watch.refresh();
});

afterEach(() => {
  room.dispose();
  vi.useRealTimers();
});

describe('the queue', () => {
  it('opens the oldest, and walks no further than its ends', () => {
    expect(open()).toBe('a');
    room.step(1);
    room.step(1);
    expect(open()).toBe('c');
    for (let press = 0; press < 9; press += 1) room.step(1);
    expect(open()).toBe('d');
    for (let press = 0; press < 9; press += 1) room.step(-1);
    expect(open()).toBe('a');
  });

  it('goes on with the next once one is decided, and back where there is no next', () => {
    room.decide('publish', find('a'));
    expect(open()).toBe('b');
    room.step(1);
    room.step(1);
    room.decide('publish', find('d'));
    expect(open()).toBe('c');
    expect(listed()).toEqual(['b', 'c']);
    expect(watch.waiting.value).toBe(2);
  });

  it('keeps the open one open while others come', async () => {
    room.step(1);
    here = { ...here, texts: [...here.texts, text('e')], waiting: 5 };
    await watch.refresh();
    expect(open()).toBe('b');
    expect(listed()).toHaveLength(5);
  });

  it('goes on where somebody else has decided the open one', async () => {
    room.step(1);
    here = { ...here, texts: [text('a'), text('d')], waiting: 2 };
    await watch.refresh();
    expect(open()).toBe('d');
  });

  it('knows of the next fifty where those that are shown are all decided', () => {
    here.waiting = 60;
    room.decide('publish', room.waiting.texts.value);
    expect(listed()).toEqual([]);
    expect(watch.waiting.value).toBe(56);
  });

  it('counts what waits beyond those that are shown', async () => {
    here = { ...here, waiting: 60 };
    await watch.refresh();
    room.decide('publish', find('a'));
    expect(watch.waiting.value).toBe(59);
  });
});

describe('a decision', () => {
  it('is sent after a moment, as it was seen', async () => {
    room.decide('refuse', find('b'), 'insult');
    expect(sent).toEqual([]);
    await sendingTime();
    expect(sent).toEqual([[{ review_id: 'b', part: 'text', revision: 1, move: 'refuse', reason: 'insult' }]]);
    expect(listed()).toEqual(['a', 'c', 'd']);
  });

  it('is not sent where it is taken back, and its text is open again', async () => {
    room.decide('publish', find('a'));
    room.decide('publish', find('b'));
    room.undo();
    expect(open()).toBe('b');
    await sendingTime();
    expect(sent.flat().map(({ review_id }) => review_id)).toEqual(['a']);
    expect(listed()).toEqual(['b', 'c', 'd']);
  });

  it('waits while somebody looks at what would take it back', async () => {
    room.decide('publish', find('a'));
    room.pause();
    await sendingTime();
    expect(sent).toEqual([]);
    room.resume();
    await sendingTime();
    expect(sent).toHaveLength(1);
  });

  it('is sent at once before its person goes', async () => {
    room.decide('publish', find('a'));
    await watch.unsent?.();
    expect(sent).toHaveLength(1);
    await sendingTime();
    expect(sent).toHaveLength(1);
  });

  it('does not bring its text back by an answer that was asked for before it was sent', async () => {
    let answer: (queue: ModerationQueue) => void = () => undefined;
    const slow = new QueueWatch({ moderation: () => new Promise((resolve) => { answer = resolve; }) });
    const first = slow.refresh();
    answer(here);
    await first;
    const second = slow.refresh();
    slow.settle(here.texts.slice(0, 1));
    answer(here);
    await second;
    expect(slow.texts.value).toHaveLength(3);
  });

  it('about several stands for each by itself', async () => {
    outcomes = { b: 'stale', c: 'internal' };
    room.toggle('a/text');
    room.toggle('b/text');
    room.toggle('c/text');
    room.decide('publish', room.chosen.value);
    expect(room.selected.value.size).toBe(0);
    here = { ...here, texts: here.texts.filter(({ review_id }) => review_id !== 'b') };
    await sendingTime();
    expect(sent[0]).toHaveLength(3);
    expect(listed()).toEqual(['c', 'd']);
  });

  it('brings its text back where it could not be sent', async () => {
    broken = new Refusal('offline');
    room.decide('publish', find('a'));
    expect(listed()).toEqual(['b', 'c', 'd']);
    await sendingTime();
    expect(listed()).toEqual(['a', 'b', 'c', 'd']);
    expect(room.held.value).toEqual([]);
  });
});

describe('reported texts', () => {
  beforeEach(() => {
    room.show('reported');
  });

  it('stand or are hidden after a moment too', async () => {
    expect(open()).toBe('x');
    room.decide('stand', [reported('x')]);
    room.decide('hide', [reported('y')], 'insult');
    expect(watch.reports.value).toBe(0);
    await sendingTime();
    expect(deeds).toEqual(['stand x', 'hide y insult']);
  });

  it('come back by the hand that decided, from whichever tab', () => {
    room.decide('stand', [reported('x')]);
    room.show('waiting');
    room.undo();
    expect(room.tab.value).toBe('reported');
    expect(open()).toBe('x');
  });

  it('are gone where a colleague was faster', async () => {
    broken = new Refusal('stale');
    room.decide('stand', [reported('x')]);
    here = { ...here, reported: [reported('y')], reports: 1 };
    await sendingTime();
    expect(open()).toBe('y');
  });
});

describe('the next one', () => {
  it.each([
    ['a', ['a'], 'b'],
    ['b', ['b', 'c'], 'd'],
    ['d', ['d'], 'c'],
    ['b', ['c'], 'b'],
    ['a', ['a', 'b', 'c', 'd'], null],
    [null, ['a'], 'b'],
  ])('after %s, where %j go, is %s', (current, gone, next) => {
    expect(nextOf(['a', 'b', 'c', 'd'], new Set(gone), current)).toBe(next);
  });
});

describe('the suggested reason', () => {
  it.each([
    [[], null],
    [['insult'], 'insult'],
    [['phone'], 'personal_data'],
    [['insult', 'link'], 'personal_data'],
  ])('for %j is %s', (kinds, reason) => {
    expect(suggested(kinds.map((kind) => ({ kind, start: 0, end: 1 })))).toBe(reason);
  });
});
