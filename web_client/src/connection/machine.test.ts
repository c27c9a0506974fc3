import { describe, expect, it } from 'vitest';

import { CLOSE } from '../protocol/generated';
import { BACKOFF, backoff } from './backoff';
import { mayComeBack, OFFLINE_MS, SETTLED_MS, step, type ConnectionState, type Happening } from './machine';

const OFF: ConnectionState = { kind: 'off' };
const OPENING: ConnectionState = { kind: 'opening', attempt: 3 };
const WAITING: ConnectionState = { kind: 'waiting', attempt: 3, until: 5000 };
const OPEN: ConnectionState = { kind: 'open', attempt: 3, since: 1000 };
const STOPPED: ConnectionState = { kind: 'stopped', code: CLOSE.signedOut };
const ALL = [OFF, OPENING, WAITING, OPEN, STOPPED];

describe('backoff', () => {
  it('stays between half a second and thirty for any attempt and any chance', () => {
    for (let attempt = 0; attempt < 60; attempt += 1) {
      for (const random of [0, 0.3, 0.999999]) {
        const wait = backoff(attempt, random);
        expect(wait).toBeGreaterThanOrEqual(BACKOFF.firstMs);
        expect(wait).toBeLessThanOrEqual(BACKOFF.mostMs);
      }
    }
  });

  it('spreads over its whole range, and the range grows', () => {
    expect(backoff(0, 0)).toBe(500);
    expect(backoff(0, 1)).toBe(2000);
    expect(backoff(1, 1)).toBe(4000);
    expect(backoff(9, 1)).toBe(30_000);
  });
});

describe('the life of a connection', () => {
  it('starts from rest, and again after it was told to stay away', () => {
    expect(step(OFF, { kind: 'start' }, 0, 0)).toEqual({ kind: 'opening', attempt: 0 });
    expect(step(STOPPED, { kind: 'start' }, 0, 0)).toEqual({ kind: 'opening', attempt: 0 });
    expect(step(OPEN, { kind: 'start' }, 0, 0)).toBe(OPEN);
  });

  it('ends whatever it was doing when it is stopped', () => {
    for (const state of ALL) expect(step(state, { kind: 'stop' }, 0, 0)).toEqual(OFF);
  });

  it('waits longer after each connection that did not hold', () => {
    const lost: Happening = { kind: 'lost', code: 1006 };

    const first = step({ kind: 'opening', attempt: 0 }, lost, 0, 1);
    const second = step({ kind: 'opening', attempt: 1 }, lost, 0, 1);

    expect(first).toEqual({ kind: 'waiting', attempt: 1, until: 2000 });
    expect(second).toEqual({ kind: 'waiting', attempt: 2, until: 4000 });
  });

  it('forgets its failures once a connection held', () => {
    const lost: Happening = { kind: 'lost', code: 1006 };

    expect(step(OPEN, lost, 1000 + SETTLED_MS, 0)).toMatchObject({ attempt: 1 });
    expect(step(OPEN, lost, 1001, 0)).toMatchObject({ attempt: 4 });
  });

  it('waits at least as long as the server wishes', () => {
    const after = step(OPENING, { kind: 'lost', code: CLOSE.tooFast, retryAfterMs: 60_000 }, 0, 0);

    expect(after).toMatchObject({ kind: 'waiting', until: 60_000 });
  });

  it('stays away after each close code that says so, and comes back after all others', () => {
    for (const code of Object.values(CLOSE)) {
      const after = step(OPEN, { kind: 'lost', code }, 0, 0);
      expect(after.kind).toBe(mayComeBack(code) ? 'waiting' : 'stopped');
      expect(mayComeBack(code)).toBe(code < 4500);
    }
  });

  it('tries at once when the network is back, and seldom while it is gone', () => {
    expect(step(WAITING, { kind: 'online' }, 0, 0)).toEqual({ kind: 'opening', attempt: 3 });
    expect(step(OPEN, { kind: 'offline' }, 0, 0)).toEqual({ kind: 'waiting', attempt: 0, until: OFFLINE_MS });
    expect(step(STOPPED, { kind: 'online' }, 0, 0)).toBe(STOPPED);
    expect(step(OFF, { kind: 'offline' }, 0, 0)).toBe(OFF);
  });

  it('ignores what no longer matters', () => {
    expect(step(WAITING, { kind: 'welcomed' }, 0, 0)).toBe(WAITING);
    expect(step(WAITING, { kind: 'lost', code: 1006 }, 0, 0)).toBe(WAITING);
    expect(step(OPEN, { kind: 'due' }, 0, 0)).toBe(OPEN);
    expect(step(OPENING, { kind: 'welcomed' }, 7, 0)).toEqual({ kind: 'open', attempt: 3, since: 7 });
  });
});
