/**
 * What the console knows of the desk: its threads as rows, the numbers, who looks where, private notes. Old state and
 * a push make a new state, as a fresh look at the server would show it. Pure; a push that comes twice changes nothing.
 */
import type { DeskCounts, DeskNews, DeskStart, DeskThread, EventPush, LookPush, MarksPush, Note, PersonView } from '../protocol/generated';
import { changed } from './change';
import type { Message, ThreadEvent } from './model';

/** How long a look holds without being said again. */
export const LOOK_MS = 25_000;

export interface LookOf {
  readonly agent: PersonView;
  readonly doing: 'looking' | 'answering';
  /** By this device's clock. */
  readonly until: number;
}

export interface DeskModel {
  /** Null before it was asked for. */
  readonly start: DeskStart | null;
  readonly counts: DeskCounts | null;
  readonly rows: ReadonlyMap<string, DeskThread>;
  /** Colleagues by thread. */
  readonly looks: ReadonlyMap<string, readonly LookOf[]>;
  /** Of the threads that were opened, in rising order. */
  readonly notes: ReadonlyMap<string, readonly Note[]>;
  /** Threads that were taken from me, newest last, until I have seen it. */
  readonly returned: readonly { readonly thread: string; readonly away: boolean }[];
}

export const EMPTY_DESK: DeskModel = {
  start: null,
  counts: null,
  rows: new Map(),
  looks: new Map(),
  notes: new Map(),
  returned: [],
};

/** A push that the desk makes something of. */
export type DeskFrame = DeskNews | EventPush | MarksPush;

/** The state after several pushes that came together. `now` is this device's clock. */
export function applyAll(desk: DeskModel, frames: readonly DeskFrame[], now: number): DeskModel {
  return frames.reduce<DeskModel>((rest, frame) => applyDesk(rest, frame, now), { ...desk, rows: new Map(desk.rows) });
}

/** The state after one push. `desk.rows` is written to: it is the copy of applyAll. */
function applyDesk(desk: DeskModel, frame: DeskFrame, now: number): DeskModel {
  const rows = desk.rows as Map<string, DeskThread>;
  switch (frame.t) {
    case 'desk.thread':
      rows.set(frame.thread.id, fresher(rows.get(frame.thread.id), frame.thread));
      return desk;
    case 'desk.gone':
      // It may have come back, or gone on to another of my teams, before this was heard.
      if (rows.get(frame.thread_id)?.team_id === frame.team_id) rows.delete(frame.thread_id);
      return desk;
    case 'event': {
      const row = rows.get(frame.thread_id);
      if (row !== undefined) rows.set(row.id, afterEvent(row, frame.event));
      return desk;
    }
    case 'marks': {
      const row = rows.get(frame.thread_id);
      if (row !== undefined) rows.set(row.id, afterMark(row, frame));
      return desk;
    }
    case 'desk.counts':
      return { ...desk, counts: withCounts(desk.counts, frame.counts) };
    case 'desk.note':
      return withNotes(desk, frame.thread_id, [frame.note]);
    case 'desk.look':
      return { ...desk, looks: afterLook(desk.looks, frame, now) };
    case 'desk.returned':
      return { ...desk, returned: [...desk.returned.filter(({ thread }) => thread !== frame.thread_id), { thread: frame.thread_id, away: frame.away ?? false }] };
  }
}

/** Each team is told of by itself: what is known of my others stays. */
function withCounts(held: DeskCounts | null, told: DeskCounts): DeskCounts {
  const teams = new Map([...(held?.teams ?? []), ...told.teams].map((team) => [team.team_id, team]));
  const agents = new Map([...(held?.agents ?? []), ...told.agents].map((agent) => [agent.id, agent]));
  return { teams: [...teams.values()], agents: [...agents.values()] };
}

/** Takes in rows that were asked for. */
export function withRows(desk: DeskModel, rows: readonly DeskThread[]): DeskModel {
  const all = new Map(desk.rows);
  for (const row of rows) all.set(row.id, fresher(all.get(row.id), row));
  return { ...desk, rows: all };
}

/** The fresher of two rows: its state by revision, its last words by the number of its events; what is left out stays. */
export function fresher(held: DeskThread | undefined, row: DeskThread): DeskThread {
  if (held === undefined) return row;
  const [state, older] = row.revision >= held.revision ? [row, held] : [held, row];
  const [said, silent] = row.last_seq >= held.last_seq ? [row, held] : [held, row];
  const next: DeskThread = {
    ...state,
    last_seq: said.last_seq,
    last_at: Math.max(said.last_at, silent.last_at),
    note_seq: Math.max(state.note_seq ?? 0, older.note_seq ?? 0),
  };
  const last = said.last ?? silent.last;
  if (last !== undefined) next.last = last;
  const read = Math.max(row.read ?? 0, held.read ?? 0);
  const unread = row.unread !== undefined && (row.read ?? 0) >= (held.read ?? 0) && row.last_seq >= held.last_seq ? row.unread : (held.unread ?? row.unread);
  if (row.read !== undefined || held.read !== undefined) next.read = read;
  if (unread !== undefined) next.unread = unread;
  return next;
}

/** What a row shows after one more event of its thread. */
export function afterEvent(row: DeskThread, event: ThreadEvent): DeskThread {
  if (event.seq <= row.last_seq) return row;
  const next: DeskThread = { ...row, last_seq: event.seq };
  if (event.kind !== 'posted') {
    if (row.last !== undefined && 'target' in event && event.target === row.last.seq) next.last = changed(row.last, event);
    return next;
  }
  next.last = event;
  next.last_at = event.at;
  return event.side === 'customer' ? asked(next, event) : answered(next, event);
}

/** The server counts no further. */
const MOST_UNREAD = 100;

/** The customer waits since the first of his messages that nobody has answered. */
function asked(row: DeskThread, { at, seq }: Message): DeskThread {
  const isUnread = seq > (row.read ?? 0);
  return {
    ...row,
    state: row.state === 'waiting_customer' ? 'assigned' : row.state,
    waiting_since: row.waiting_since ?? at,
    ...(isUnread ? { unread: Math.min((row.unread ?? 0) + 1, MOST_UNREAD) } : {}),
  };
}

/** A person has answered; the bot only where it is the bot's thread. */
function answered(row: DeskThread, { side }: Message): DeskThread {
  if (side !== 'staff' && !(side === 'bot' && row.state === 'bot')) return row;
  const { waiting_since: _, first_due: firstDue, ...rest } = row;
  if (side === 'bot') return firstDue === undefined ? rest : { ...rest, first_due: firstDue };
  return { ...rest, state: row.state === 'assigned' ? 'waiting_customer' : row.state };
}

/** The push counts what anybody has said, a row what its customer has: the smaller number holds for both. */
function afterMark(row: DeskThread, { read, unread = Infinity }: MarksPush): DeskThread {
  if (read === undefined || read < (row.read ?? 0)) return row;
  const isAll = read >= (row.last?.seq ?? row.last_seq);
  return { ...row, read, unread: isAll ? 0 : Math.min(unread, row.unread ?? 0) };
}

function afterLook(looks: DeskModel['looks'], { thread_id: id, agent, doing }: LookPush, now: number): DeskModel['looks'] {
  const others = (looks.get(id) ?? []).filter((look) => look.agent.id !== agent.id);
  const here = doing === 'left' ? others : [...others, { agent, doing, until: now + LOOK_MS }];
  const after = new Map(looks).set(id, here);
  if (here.length === 0) after.delete(id);
  return after;
}

/** Forgets who looked too long ago. */
export function forgetLooks(desk: DeskModel, now: number): DeskModel {
  if (![...desk.looks.values()].flat().some(({ until }) => until <= now)) return desk;
  const kept = [...desk.looks].map(([id, looks]): [string, readonly LookOf[]] => [id, looks.filter(({ until }) => until > now)]);
  return { ...desk, looks: new Map(kept.filter(([, looks]) => looks.length > 0)) };
}

/** Takes in notes, each once. Of a thread that was not opened only its number is kept. */
export function withNotes(desk: DeskModel, thread: string, notes: readonly Note[], isOpening = false): DeskModel {
  const row = desk.rows.get(thread);
  const newest = Math.max(0, ...notes.map(({ note_seq: seq }) => seq));
  const rows = row !== undefined && newest > (row.note_seq ?? 0) ? new Map(desk.rows).set(thread, { ...row, note_seq: newest }) : desk.rows;
  const held = desk.notes.get(thread);
  if (held === undefined && !isOpening) return { ...desk, rows };
  const all = new Map([...(held ?? []), ...notes].map((note) => [note.note_seq, note]));
  const ordered = [...all.values()].sort((one, other) => one.note_seq - other.note_seq);
  return { ...desk, rows, notes: new Map(desk.notes).set(thread, ordered) };
}

/** Colleagues who look at a thread now; those who answer it first. */
export function looksAt(looks: DeskModel['looks'], thread: string, me: string): readonly LookOf[] {
  return (looks.get(thread) ?? [])
    .filter(({ agent }) => agent.id !== me)
    .sort((one, other) => Number(other.doing === 'answering') - Number(one.doing === 'answering'));
}
