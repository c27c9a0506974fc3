/** From events and unsent letters to the rows of a conversation: days, groups, what is new. Pure. */
import type { Letter } from '../../connection/outbox';
import type { Message, ThreadEvent } from '../../state/model';

/** Where a message stands in a run of one author within one minute. */
export interface Place {
  readonly first: boolean;
  readonly last: boolean;
}

export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'new'; readonly key: string }
  | { readonly kind: 'system'; readonly key: string; readonly event: Extract<ThreadEvent, { kind: 'state' | 'joined' }> }
  | { readonly kind: 'message'; readonly key: string; readonly message: Message; readonly mine: boolean; readonly place: Place }
  | { readonly kind: 'letter'; readonly key: string; readonly letter: Letter; readonly place: Place };

export interface RowsOf {
  events: readonly ThreadEvent[];
  /** Unsent letters of this thread, oldest first. */
  letters: readonly Letter[];
  me: string | undefined;
  /** The first message of others after this seq gets the line "new"; null for none. */
  readUpTo: number | null;
}

const MINUTE_MS = 60_000;
const ALONE: Place = { first: true, last: true };

/** The rows, oldest first. A message keeps the key that it had as a letter, so that it does not jump when it is sent. */
export function rowsOf({ events, letters, me, readUpTo }: RowsOf): Row[] {
  const keys = new Set<string>();
  const rows: Row[] = [];
  let isNewShown = readUpTo === null;
  for (const event of events) {
    const row = rowOf(event, me);
    if (row === null) continue;
    rows.push(...dayBefore(rows, event.at));
    if (!isNewShown && event.seq > (readUpTo ?? 0) && row.kind === 'message' && !row.mine) {
      rows.push({ kind: 'new', key: 'new' });
      isNewShown = true;
    }
    keys.add(row.key);
    rows.push(row);
  }
  for (const letter of letters) {
    if (keys.has(letter.key)) continue;
    rows.push(...dayBefore(rows, letter.at), { kind: 'letter', key: letter.key, letter, place: ALONE });
  }
  return rows.map((row, index) => placed(row, rows[index - 1], rows[index + 1]));
}

function rowOf(event: ThreadEvent, me: string | undefined): Row | null {
  switch (event.kind) {
    case 'posted': {
      const mine = event.author !== undefined && event.author === me;
      const key = mine && event.client_key !== undefined ? event.client_key : String(event.seq);
      return { kind: 'message', key, message: event, mine, place: ALONE };
    }
    case 'state':
    case 'joined':
      return { kind: 'system', key: String(event.seq), event };
    case 'edited':
    case 'withdrawn':
      return null;
  }
}

function timeOf(row: Row | undefined): number | null {
  switch (row?.kind) {
    case 'message':
      return row.message.at;
    case 'letter':
      return row.letter.at;
    case 'system':
      return row.event.at;
    case 'day':
    case 'new':
    case undefined:
      return null;
  }
}

function dayBefore(rows: readonly Row[], at: number): Row[] {
  const before = timeOf(rows.at(-1));
  const isSameDay = before !== null && new Date(before).toDateString() === new Date(at).toDateString();
  return isSameDay ? [] : [{ kind: 'day', key: `day ${new Date(at).toDateString()}`, at }];
}

/** Whose bubble a row is: the same word for neighbours that belong together. */
function voice(row: Row | undefined): string | null {
  if (row?.kind === 'letter') return 'me';
  if (row?.kind !== 'message') return null;
  return row.mine ? 'me' : `${row.message.side} ${row.message.author ?? ''}`;
}

function belong(one: Row | undefined, other: Row | undefined): boolean {
  const [own, theirs] = [voice(one), voice(other)];
  const [at, then] = [timeOf(one), timeOf(other)];
  if (own === null || own !== theirs || at === null || then === null) return false;
  return Math.floor(at / MINUTE_MS) === Math.floor(then / MINUTE_MS);
}

function placed(row: Row, before: Row | undefined, after: Row | undefined): Row {
  if (row.kind !== 'message' && row.kind !== 'letter') return row;
  return { ...row, place: { first: !belong(before, row), last: !belong(row, after) } };
}
