/** From events and unsent letters to the rows of a conversation: days, groups, what is new. Pure. */
import type { Letter } from '../../connection/outbox';
import type { Message, ThreadEvent } from '../../state/model';

/** Where a message stands in a run of one author within one minute. */
export interface Place {
  readonly first: boolean;
  readonly last: boolean;
}

/** Something that stands among the events and is none: a private note. */
export interface Aside {
  readonly key: string;
  readonly at: number;
  /** It stands after this event. */
  readonly after: number;
}

/** `mine`: of this side, at the end of the line; `own`: of this very person. */
export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'new'; readonly key: string }
  | { readonly kind: 'system'; readonly key: string; readonly event: Extract<ThreadEvent, { kind: 'state' | 'joined' }> }
  | { readonly kind: 'message'; readonly key: string; readonly message: Message; readonly mine: boolean; readonly own: boolean; readonly place: Place }
  | { readonly kind: 'aside'; readonly key: string; readonly at: number; readonly aside: Aside }
  | { readonly kind: 'letter'; readonly key: string; readonly letter: Letter; readonly place: Place };

export interface RowsOf {
  events: readonly ThreadEvent[];
  /** Unsent letters of this thread, oldest first. */
  letters: readonly Letter[];
  me: string | undefined;
  /** The first message of others after this seq gets the line "new"; null for none. */
  readUpTo: number | null;
  /** At the desk all that is not the customer's is ours. */
  isStaff?: boolean;
  /** In rising order of `after`. */
  asides?: readonly Aside[];
}

const MINUTE_MS = 60_000;
const ALONE: Place = { first: true, last: true };

/** The rows, oldest first. A message keeps the key that it had as a letter, so that it does not jump when it is sent. */
export function rowsOf({ events, letters, me, readUpTo, isStaff = false, asides = [] }: RowsOf): Row[] {
  const keys = new Set<string>();
  const rows: Row[] = [];
  let isNewShown = readUpTo === null;
  let put = 0;
  /** Asides that belong in front of an event, or at the end. Those of pages that are not here yet wait for them. */
  const putAsides = (until: number): void => {
    for (let aside = asides[put]; aside !== undefined && aside.after < until; aside = asides[put]) {
      put += 1;
      if (aside.after >= (events[0]?.seq ?? 0) - 1) rows.push(...dayBefore(rows, aside.at), { kind: 'aside', key: aside.key, at: aside.at, aside });
    }
  };
  for (const event of events) {
    putAsides(event.seq);
    const row = rowOf(event, me, isStaff);
    if (row === null) continue;
    rows.push(...dayBefore(rows, event.at));
    if (!isNewShown && event.seq > (readUpTo ?? 0) && row.kind === 'message' && !row.mine) {
      rows.push({ kind: 'new', key: 'new' });
      isNewShown = true;
    }
    keys.add(row.key);
    rows.push(row);
  }
  putAsides(Infinity);
  for (const letter of letters) {
    if (keys.has(letter.key)) continue;
    rows.push(...dayBefore(rows, letter.at), { kind: 'letter', key: letter.key, letter, place: ALONE });
  }
  return rows.map((row, index) => placed(row, rows[index - 1], rows[index + 1]));
}

function rowOf(event: ThreadEvent, me: string | undefined, isStaff: boolean): Row | null {
  switch (event.kind) {
    case 'posted': {
      const own = event.author !== undefined && event.author === me;
      const mine = isStaff ? event.side !== 'customer' : own;
      const key = own && event.client_key !== undefined ? event.client_key : String(event.seq);
      return { kind: 'message', key, message: event, mine, own, place: ALONE };
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
    case 'aside':
      return row.at;
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
  return row.own ? 'me' : `${row.message.side} ${row.message.author ?? ''}`;
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
