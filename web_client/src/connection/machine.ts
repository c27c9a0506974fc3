/** The life of a connection as a pure machine: what is, what happened, what is then. It opens and closes nothing. */
import { backoff } from './backoff';

export type ConnectionState =
  | { readonly kind: 'off' }
  | { readonly kind: 'waiting'; readonly attempt: number; readonly until: number }
  | { readonly kind: 'opening'; readonly attempt: number }
  | { readonly kind: 'open'; readonly attempt: number; readonly since: number }
  | { readonly kind: 'stopped'; readonly code: number };

export type Happening =
  | { readonly kind: 'start' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'welcomed' }
  /** The socket ended, or never came to be. `retryAfterMs` is the server's wish. */
  | { readonly kind: 'lost'; readonly code: number; readonly retryAfterMs?: number }
  | { readonly kind: 'due' }
  | { readonly kind: 'online' }
  | { readonly kind: 'offline' };

/** A connection that held this long was a good one: the next try starts from the shortest wait. */
export const SETTLED_MS = 10_000;

/** While the device says that it has no network, it is asked again this seldom. */
export const OFFLINE_MS = 30_000;

const OFF: ConnectionState = { kind: 'off' };

/** Whether a client comes back by itself after this close code: all but 4500 to 4999. */
export function mayComeBack(code: number): boolean {
  return code < 4500 || code > 4999;
}

/** What is after `happening`. `random` is from [0, 1). The same object comes back where nothing changes. */
export function step(
  state: ConnectionState,
  happening: Happening,
  now: number,
  random: number,
): ConnectionState {
  switch (happening.kind) {
    case 'start':
      return state.kind === 'off' || state.kind === 'stopped' ? { kind: 'opening', attempt: 0 } : state;
    case 'stop':
      return OFF;
    case 'welcomed':
      return state.kind === 'opening' ? { kind: 'open', attempt: state.attempt, since: now } : state;
    case 'lost':
      return lost(state, happening.code, happening.retryAfterMs ?? 0, now, random);
    case 'due':
      return state.kind === 'waiting' ? { kind: 'opening', attempt: state.attempt } : state;
    case 'online':
      return state.kind === 'waiting' ? { kind: 'opening', attempt: state.attempt } : state;
    case 'offline':
      return isRunning(state) ? { kind: 'waiting', attempt: 0, until: now + OFFLINE_MS } : state;
  }
}

function isRunning(state: ConnectionState): boolean {
  return state.kind !== 'off' && state.kind !== 'stopped';
}

function lost(
  state: ConnectionState,
  code: number,
  retryAfterMs: number,
  now: number,
  random: number,
): ConnectionState {
  if (state.kind !== 'opening' && state.kind !== 'open') return state;
  if (!mayComeBack(code)) return { kind: 'stopped', code };
  const settled = state.kind === 'open' && now - state.since >= SETTLED_MS;
  const attempt = settled ? 0 : state.attempt;
  const wait = Math.max(retryAfterMs, backoff(attempt, random));
  return { kind: 'waiting', attempt: attempt + 1, until: now + wait };
}
