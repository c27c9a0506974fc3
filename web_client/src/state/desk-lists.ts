/** Which threads stand in which list of the desk, and in which order. Pure; the server's lists are ordered alike. */
import type { DeskCounts, DeskThread } from '../protocol/generated';

export const LISTS = ['mine', 'unassigned', 'all', 'snoozed', 'resolved', 'bot'] as const;

export type ListName = (typeof LISTS)[number];

/** What a list is narrowed to; empty for everything. */
export interface Filters {
  readonly team: string;
  readonly label: string;
  readonly agent: string;
  /** -1 low, 0 normal, 1 high, 2 urgent. */
  readonly priority: string;
}

export const NO_FILTERS: Filters = { team: '', label: '', agent: '', priority: '' };

type State = DeskThread['state'];

const QUEUED: ReadonlySet<State> = new Set<State>(['queued', 'queued_offline']);
const HELD: ReadonlySet<State> = new Set<State>(['assigned', 'waiting_customer']);
const OPEN: ReadonlySet<State> = new Set<State>([...QUEUED, ...HELD, 'snoozed']);

/** Whether it waits for somebody to take it. */
export function isQueued({ state }: Pick<DeskThread, 'state'>): boolean {
  return QUEUED.has(state);
}

/** Whether somebody works on it. */
export function isHeld({ state }: Pick<DeskThread, 'state'>): boolean {
  return HELD.has(state);
}

const BELONGS: Record<ListName, (row: DeskThread, me: string) => boolean> = {
  mine: (row, me) => isHeld(row) && row.agent?.id === me,
  unassigned: isQueued,
  all: ({ state }) => OPEN.has(state),
  snoozed: ({ state, last }) => state === 'snoozed' && last !== undefined,
  resolved: ({ state, last }) => state === 'resolved' && last !== undefined,
  // Who has only looked at the bot is no conversation yet.
  bot: ({ state, last }) => state === 'bot' && last !== undefined,
};

/** Whose threads a filter by agent finds in a list; the others are not narrowed by it. */
const HANDS: Partial<Record<ListName, (row: DeskThread, agent: string) => boolean>> = {
  all: (row, agent) => row.agent?.id === agent,
  snoozed: hadBy,
  resolved: hadBy,
  bot: hadBy,
};

function hadBy({ agent, last_agent: before }: DeskThread, id: string): boolean {
  return agent?.id === id || before?.id === id;
}

/** Whether a thread stands in a list. */
export function belongs(row: DeskThread, list: ListName, filters: Filters, me: string): boolean {
  const isInHands = filters.agent === '' || (HANDS[list]?.(row, filters.agent) ?? true);
  return BELONGS[list](row, me) && isInHands && passes(row, filters);
}

function passes(row: DeskThread, { team, label, priority }: Filters): boolean {
  return (
    (team === '' || row.team_id === team) &&
    (label === '' || (row.labels ?? []).includes(label)) &&
    (priority === '' || String(row.priority ?? 0) === priority)
  );
}

/** Less than zero where `one` stands above `other`: the queue by who is next, all others by what is newest. */
export function orderOf(list: ListName): (one: DeskThread, other: DeskThread) => number {
  return list === 'unassigned' ? byQueue : byActivity;
}

/** Who waits for the opening comes after all others. */
const OFFLINE = 2 ** 52;

function byQueue(one: DeskThread, other: DeskThread): number {
  const place = ({ queue_key: key, queued_at: at = 0 }: DeskThread): number => key ?? at + OFFLINE;
  return place(one) - place(other) || (one.id < other.id ? -1 : 1);
}

function byActivity(one: DeskThread, other: DeskThread): number {
  return other.last_at - one.last_at || (one.id < other.id ? 1 : -1);
}

/**
 * The threads of a list, in its order. Beyond `edge`, the last one of the newest page, some are not known yet: what
 * stands there is left out until its page has come; null where the list is known to its end.
 */
export function listOf(
  rows: Iterable<DeskThread>,
  list: ListName,
  filters: Filters,
  me: string,
  edge: DeskThread | null,
): DeskThread[] {
  const order = orderOf(list);
  const found: DeskThread[] = [];
  for (const row of rows) {
    if (belongs(row, list, filters, me) && (edge === null || order(row, edge) <= 0 || row.id === edge.id)) found.push(row);
  }
  return found.sort(order);
}

/** How many threads each list has, of one team or of all of them. Some lists are not counted. */
export function countsOf(counts: DeskCounts | null, me: string, team = ''): Partial<Record<ListName, number>> {
  if (counts === null) return {};
  const teams = counts.teams.filter(({ team_id: id }) => team === '' || id === team);
  const sum = (of: 'unassigned' | 'open' | 'snoozed'): number => teams.reduce((all, one) => all + (one[of] ?? 0), 0);
  return {
    mine: counts.agents.find(({ id }) => id === me)?.open ?? 0,
    unassigned: sum('unassigned'),
    all: sum('open'),
    snoozed: sum('snoozed'),
  };
}
