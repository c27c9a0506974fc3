import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { cookieAuth } from './auth';
import { ConsoleApi } from './console';

const NOON = 1_800_000_000_000;
const HOUR = 3_600_000;

let serverTime = NOON;

beforeEach(() => {
  serverTime = NOON;
  vi.useFakeTimers({ now: NOON + HOUR, toFake: ['Date'] });
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ disputes: [], complaints: [], counts: {}, now: serverTime })));
});

afterEach(() => {
  vi.useRealTimers();
});

test('what counts down goes by the time of the server, which the docket and the complaints tell', async () => {
  const api = new ConsoleApi(cookieAuth);

  await api.docket('mediation');
  const ofDocket = api.skew.value;
  serverTime = NOON + 2 * HOUR;
  await api.complaints('review');

  expect([ofDocket, api.skew.value]).toEqual([-HOUR, HOUR]);
});

test('an answer that was a little longer on its way draws nothing anew', async () => {
  const api = new ConsoleApi(cookieAuth);
  await api.docket('mediation');

  serverTime = NOON - 500;
  await api.docket('mediation');

  expect(api.skew.value).toBe(-HOUR);
});
