import { beforeEach, describe, expect, it, vi } from 'vitest';

import { Api } from './api';
import { cookieAuth, tokenAuth } from './auth';

const fetched = vi.fn<(path: string, init: RequestInit) => Promise<Response>>();

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal('fetch', fetched);
});

const problem = (status: number, body: object): Response => Response.json(body, { status });

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
  it('are asked for once, and again where a fresh one is wanted', async () => {
    const getToken = vi.fn<(fresh: boolean) => Promise<string>>((fresh) => Promise.resolve(fresh ? 'fresh' : 'held'));
    const auth = tokenAuth(getToken);

    expect([await auth.headers(false), await auth.headers(false)]).toEqual(Array(2).fill({ Authorization: 'Bearer held' }));
    expect(await auth.headers(true)).toEqual({ Authorization: 'Bearer fresh' });
    expect(await auth.headers(false)).toEqual({ Authorization: 'Bearer fresh' });

    expect(getToken.mock.calls).toEqual([[false], [true]]);
  });

  it('that could not be got are asked for again', async () => {
    const getToken = vi.fn<(fresh: boolean) => Promise<string>>().mockRejectedValueOnce(new Error('x')).mockResolvedValue('good');
    const auth = tokenAuth(getToken);

    await expect(auth.headers(false)).rejects.toThrow();
    await expect(auth.headers(false)).resolves.toEqual({ Authorization: 'Bearer good' });
  });
});
