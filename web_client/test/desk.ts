/** Threads of the desk as tests want them. */
import type { AgentLoad, DeskStart, DeskThread, Posted } from '../src/protocol/generated';

export const NOON = 1_800_000_000_000;
export const MINUTE = 60_000;
export const ME: AgentLoad = { id: '00000000000000a1', name: 'Amir', availability: 'online', connected: true, load: 2, open: 3, capacity: 4, teams: ['00000000000000e1'] };
export const VERA: AgentLoad = { id: '00000000000000a2', name: 'Vera', availability: 'away', connected: false, load: 0, open: 0, capacity: 4, teams: ['00000000000000e1', '00000000000000e2'] };
export const TEAM = '00000000000000e1';
export const OTHER_TEAM = '00000000000000e2';

let made = 0;

export function row(parts: Partial<DeskThread> = {}): DeskThread {
  made += 1;
  return {
    id: made.toString(16).padStart(16, '0'),
    revision: 1,
    state: 'queued',
    customer: { id: '00000000000000c1', name: 'Ana Rusu', kind: 'customer', locale: 'ro', zone: 'Europe/Chisinau' },
    topic: 'help',
    team_id: TEAM,
    last_seq: 1,
    last_at: NOON + made,
    created_at: NOON,
    ...parts,
  };
}

export function said(seq: number, side: Posted['side'] = 'customer', text = `words ${String(seq)}`): Posted {
  return { kind: 'posted', seq, at: NOON + seq * 1000, side, text };
}

export function start(parts: Partial<DeskStart> = {}): DeskStart {
  return {
    me: ME,
    teams: [{ id: TEAM, name: 'Support', zone: 'Europe/Moscow' }],
    all_teams: [{ id: TEAM, name: 'Support', zone: 'Europe/Moscow' }, { id: OTHER_TEAM, name: 'Payments', zone: 'Europe/Moscow' }],
    counts: { teams: [{ team_id: TEAM, unassigned: 2, open: 5, snoozed: 1, waiting: 2 }, { team_id: OTHER_TEAM, unassigned: 1, open: 1 }], agents: [ME, VERA] },
    labels: [{ slug: 'refund', name: 'Refund', color: '#c2281d' }],
    canned: [],
    macros: [],
    now: NOON,
    ...parts,
  };
}
