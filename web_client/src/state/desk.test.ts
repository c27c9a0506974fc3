import { describe, expect, it } from 'vitest';

import { ME, NOON, OTHER_TEAM, row, said, start, TEAM, VERA } from '../../test/desk';
import { quickest } from '../../test/quickest';
import type { DeskThread, Note } from '../protocol/generated';
import { applyAll, EMPTY_DESK, forgetLooks, fresher, LOOK_MS, looksAt, withNotes, withRows, type DeskFrame, type DeskModel } from './desk';

const one = row({ last_seq: 4, last: said(4), read: 4, unread: 0 });
const desk = withRows(EMPTY_DESK, [one]);
const after = (frames: DeskFrame[], before: DeskModel = desk): DeskModel => applyAll(before, frames, NOON);
const rowAfter = (...frames: DeskFrame[]): DeskThread | undefined => after(frames).rows.get(one.id);
const note = (seq: number, afterSeq = seq): Note => ({ note_seq: seq, after_seq: afterSeq, at: NOON, author: { id: VERA.id, name: VERA.name }, text: `note ${String(seq)}` });

describe('an event', () => {
  it('of a thread that is listed gives its row the last words, the wait and what is unread', () => {
    expect(rowAfter({ t: 'event', thread_id: one.id, event: said(5) })).toMatchObject({
      last_seq: 5, last: { text: 'words 5' }, last_at: NOON + 5000, waiting_since: NOON + 5000, unread: 1,
    });
  });

  it('turns the thread to whose move it is', () => {
    const held = withRows(EMPTY_DESK, [{ ...one, state: 'assigned', first_due: NOON + 1 }]);
    const answer: DeskFrame = { t: 'event', thread_id: one.id, event: said(5, 'staff') };

    expect(after([answer], held).rows.get(one.id)).toMatchObject({ state: 'waiting_customer' });
    expect(after([answer], held).rows.get(one.id)).not.toHaveProperty('first_due');
    expect(after([answer, { t: 'event', thread_id: one.id, event: said(6) }], held).rows.get(one.id)).toMatchObject({ state: 'assigned' });
  });

  it('that comes twice counts once', () => {
    const push: DeskFrame = { t: 'event', thread_id: one.id, event: said(5) };

    expect(rowAfter(push, push)?.unread).toBe(1);
  });

  it('of ours ends the wait, and the wait of a customer who writes on began with his first message', () => {
    const answered = rowAfter({ t: 'event', thread_id: one.id, event: said(5) }, { t: 'event', thread_id: one.id, event: said(6, 'staff') });
    const impatient = rowAfter({ t: 'event', thread_id: one.id, event: said(5) }, { t: 'event', thread_id: one.id, event: said(6) });

    expect(answered).not.toHaveProperty('waiting_since');
    expect(rowAfter({ t: 'event', thread_id: one.id, event: said(5) }, { t: 'event', thread_id: one.id, event: said(6, 'bot') })).toHaveProperty('waiting_since');
    expect(impatient).toMatchObject({ waiting_since: NOON + 5000, unread: 2 });
  });

  it('that changes the last message changes the row', () => {
    const push: DeskFrame = { t: 'event', thread_id: one.id, event: { kind: 'edited', seq: 5, at: NOON, side: 'customer', target: 4, text: 'better' } };

    expect(rowAfter(push)?.last?.text).toBe('better');
  });

  it('of a thread that nobody has listed is left alone', () => {
    expect(after([{ t: 'event', thread_id: 'ffffffffffffffff', event: said(1) }]).rows.size).toBe(1);
  });
});

describe('a row that comes anew', () => {
  it('keeps what it leaves out: how far I have read', () => {
    const { read: _, unread: __, ...pushed } = { ...one, revision: 2, state: 'assigned' as const };

    expect(rowAfter({ t: 'desk.thread', thread: pushed })).toMatchObject({ state: 'assigned', read: 4, unread: 0 });
  });

  it('does not turn back the state by an older revision, nor the words by fewer events', () => {
    const held = { ...one, revision: 5, state: 'assigned' as const };

    expect(fresher(held, { ...one, revision: 3 }).state).toBe('assigned');
    expect(fresher({ ...one, last_seq: 9, last: said(9) }, { ...one, revision: 7, last_seq: 4 })).toMatchObject({ revision: 7, last_seq: 9, last: { seq: 9 } });
  });

  it('goes when it leaves my team, and stays when it has come to another of mine', () => {
    expect(rowAfter({ t: 'desk.gone', thread_id: one.id, team_id: TEAM })).toBe(undefined);
    expect(rowAfter({ t: 'desk.thread', thread: { ...one, revision: 2, team_id: OTHER_TEAM } }, { t: 'desk.gone', thread_id: one.id, team_id: TEAM })).toMatchObject({ team_id: OTHER_TEAM });
  });

  it('is read where my own mark says so', () => {
    const push: DeskFrame = { t: 'marks', thread_id: one.id, mark: { side: 'staff', read: 5 }, read: 5, unread: 0 };

    expect(rowAfter({ t: 'event', thread_id: one.id, event: said(5) }, push)).toMatchObject({ read: 5, unread: 0 });
    expect(rowAfter({ t: 'event', thread_id: one.id, event: said(5) }, { ...push, read: 4, unread: 3 })).toMatchObject({ read: 4, unread: 1 });
    expect(rowAfter({ t: 'event', thread_id: one.id, event: said(5) }, { t: 'marks', thread_id: one.id, mark: { side: 'customer', read: 5 } })).toMatchObject({ unread: 1 });
  });
});

it('counts anew when told', () => {
  const { counts } = start();

  expect(after([{ t: 'desk.counts', counts }]).counts).toEqual(counts);
});

it('keeps the numbers of each of my teams, of which each is told by itself', () => {
  const first: DeskFrame = { t: 'desk.counts', counts: { teams: [{ team_id: TEAM, open: 5 }], agents: [ME, VERA] } };
  const second: DeskFrame = { t: 'desk.counts', counts: { teams: [{ team_id: OTHER_TEAM, open: 1 }], agents: [{ ...VERA, load: 2 }] } };
  const later: DeskFrame = { t: 'desk.counts', counts: { teams: [{ team_id: TEAM, open: 4 }], agents: [ME] } };

  expect(after([first, second, later]).counts).toEqual({
    teams: [{ team_id: TEAM, open: 4 }, { team_id: OTHER_TEAM, open: 1 }],
    agents: [ME, { ...VERA, load: 2 }],
  });
});

describe('a colleague', () => {
  const look = (doing: 'looking' | 'answering' | 'left', agent = VERA): DeskFrame => ({ t: 'desk.look', thread_id: one.id, agent: { id: agent.id, name: agent.name }, doing });

  it('is seen while he looks, once, and I do not see myself', () => {
    const seen = after([look('looking'), look('answering'), look('looking', ME)]);

    expect(looksAt(seen.looks, one.id, ME.id).map(({ agent, doing }) => [agent.name, doing])).toEqual([['Vera', 'answering']]);
  });

  it('is forgotten when he leaves, or says nothing for a while', () => {
    expect(looksAt(after([look('looking'), look('left')]).looks, one.id, ME.id)).toEqual([]);
    expect(looksAt(forgetLooks(after([look('looking')]), NOON + LOOK_MS).looks, one.id, ME.id)).toEqual([]);
    expect(looksAt(forgetLooks(after([look('looking')]), NOON + LOOK_MS - 1).looks, one.id, ME.id)).toHaveLength(1);
  });
});

describe('private notes', () => {
  it('are kept of threads that were opened, each once, in their order', () => {
    const opened = withNotes(desk, one.id, [note(2), note(1)], true);

    expect(after([{ t: 'desk.note', thread_id: one.id, note: note(3) }, { t: 'desk.note', thread_id: one.id, note: note(3) }], opened).notes.get(one.id)?.map(({ note_seq: seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('of other threads only move a number', () => {
    const told = after([{ t: 'desk.note', thread_id: one.id, note: note(3) }]);

    expect(told.notes.size).toBe(0);
    expect(told.rows.get(one.id)?.note_seq).toBe(3);
  });
});

it('remembers what was taken from me, once a thread', () => {
  const told = after([{ t: 'desk.returned', thread_id: one.id }, { t: 'desk.returned', thread_id: one.id, away: true }]);

  expect(told.returned).toEqual([{ thread: one.id, away: true }]);
});

it('takes in fifty events of ten thousand threads in a moment', () => {
  const rows = Array.from({ length: 10_000 }, () => row());
  const many = withRows(EMPTY_DESK, rows);
  const frames = rows.slice(0, 50).map(({ id }): DeskFrame => ({ t: 'event', thread_id: id, event: said(2) }));

  expect(applyAll(many, frames, NOON).rows.get(rows[0]?.id ?? '')?.last_seq).toBe(2);
  expect(quickest(() => { applyAll(many, frames, NOON); })).toBeLessThan(500);
});
