import { beforeEach, describe, expect, it, vi } from 'vitest';

import { Api } from './api';
import { cookieAuth, runsOut, tokenAuth } from './auth';

const fetched = vi.fn<(path: string, init: RequestInit) => Promise<Response>>();

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal('fetch', fetched);
});

const problem = (status: number, body: object): Response => Response.json(body, { status });

function token(exp: number): string {
  return `x.${btoa(JSON.stringify({ sub: 'ana', exp })).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}.y`;
}

describe('requests', () => {
  it('carry the token in a header and never in the address', async () => {
    fetched.mockResolvedValue(Response.json({ threads: [] }));

    await new Api(tokenAuth(() => Promise.resolve('secret'))).threads({ before: 'abc', archived: true });

    const [path, init] = fetched.mock.calls[0] ?? ['', {}];
    expect(path).toBe('/api/v1/threads?before=abc&archived=true');
    expect(init.headers).toEqual({ Authorization: 'Bearer secret' });
  });

  it('of the inbox show that no foreign form sent them', async () => {
    fetched.mockResolvedValue(Response.json({}));

    await new Api(cookieAuth).putBlock('1', true);

    expect(fetched.mock.calls[0]?.[1]).toMatchObject({ method: 'PUT', body: '{"blocked":true}', headers: { 'X-Parley': '1', 'Content-Type': 'application/json' } });
  });

  it('are sent once more with a fresh token where the held one is refused', async () => {
    const getToken = vi.fn<(fresh: boolean) => Promise<string>>((fresh) => Promise.resolve(fresh ? 'fresh' : 'held'));
    fetched.mockResolvedValueOnce(problem(401, { code: 'unauthenticated' })).mockResolvedValueOnce(Response.json({ messages: 1, threads: 1 }));

    await expect(new Api(tokenAuth(getToken)).unread()).resolves.toEqual({ messages: 1, threads: 1 });
    expect(fetched.mock.calls.map(([, { headers }]) => headers)).toEqual([{ Authorization: 'Bearer held' }, { Authorization: 'Bearer fresh' }]);
  });

  it('give up where a fresh token is refused as well, and where there is none', async () => {
    fetched.mockImplementation(() => Promise.resolve(problem(401, { code: 'unauthenticated' })));

    await expect(new Api(tokenAuth(() => Promise.resolve('x'))).unread()).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(fetched).toHaveBeenCalledTimes(2);
    await expect(new Api(tokenAuth(() => Promise.resolve(null))).unread()).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  it('are refused in the server\'s words', async () => {
    fetched.mockResolvedValue(problem(429, { code: 'rate_limited', retryable: true, retry_after_ms: 700, reason: 'posting' }));

    await expect(new Api(cookieAuth).unread()).rejects.toMatchObject({ code: 'rate_limited', retryable: true, retryAfterMs: 700, reason: 'posting' });
  });

  it('know a proxy\'s page from an answer of the server', async () => {
    fetched.mockResolvedValueOnce(new Response('<h1>Bad gateway</h1>', { status: 502 })).mockResolvedValueOnce(new Response('<h1>Sign in</h1>'));

    await expect(new Api(cookieAuth).unread()).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    await expect(new Api(cookieAuth).unread()).rejects.toMatchObject({ code: 'offline' });
  });

  it('that cannot be made are offline', async () => {
    fetched.mockRejectedValue(new TypeError('Failed to fetch'));

    await expect(new Api(cookieAuth).unread()).rejects.toMatchObject({ code: 'offline', retryable: true });
  });
});

describe('tokens', () => {
  it('are asked for once, until they run out', async () => {
    const [soon, later] = [token(Date.now() / 1000 + 5), token(Date.now() / 1000 + 3600)];
    const getToken = vi.fn<(fresh: boolean) => Promise<string>>().mockResolvedValueOnce(soon).mockResolvedValue(later);
    const auth = tokenAuth(getToken);

    for (let count = 0; count < 3; count += 1) expect(await auth.headers(false)).toEqual({ Authorization: `Bearer ${later}` });

    expect(getToken.mock.calls).toEqual([[false], [true]]);
  });

  it('that could not be got are asked for again', async () => {
    const getToken = vi.fn<(fresh: boolean) => Promise<string>>().mockRejectedValueOnce(new Error('x')).mockResolvedValue('good');
    const auth = tokenAuth(getToken);

    await expect(auth.headers(false)).rejects.toThrow();
    await expect(auth.headers(false)).resolves.toEqual({ Authorization: 'Bearer good' });
  });

  it('are only looked at, never judged', () => {
    expect(runsOut(null, 0)).toBe(false);
    expect(runsOut('no token', 0)).toBe(false);
    expect(runsOut(token(100), 99_000)).toBe(true);
    expect(runsOut(token(100), 1_000)).toBe(false);
  });
});
