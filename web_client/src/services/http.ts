/**
 * Requests to the HTTP API, and the few of them that the first screen needs; all others are in api.ts.
 * Every one rejects with a Refusal and nothing else.
 */
import type { Problem, ThreadPage, ThreadView, Ticket, Unread } from '../protocol/generated';
import { Refusal } from '../protocol/refusal';
import type { Auth } from './auth';

/** A request that takes longer is given up. Uploads have no limit but the person's patience. */
const PATIENCE_MS = 20_000;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export class Http {
  protected readonly auth: Auth;
  protected readonly base: string;

  /** `base` is where the API lives, without a slash at its end. */
  constructor(auth: Auth, base = '/api/v1') {
    this.auth = auth;
    this.base = base;
  }

  /** A ticket for a socket. `fresh`: of a proof that was just given, so that it holds as long as can be. */
  ticket(fresh = false): Promise<Ticket> {
    return this.json('POST', '/socket-tickets', undefined, fresh);
  }

  unread(): Promise<Unread> {
    return this.json('GET', '/unread');
  }

  threads(query: { before?: string; archived?: boolean; limit?: number } = {}): Promise<ThreadPage> {
    return this.json('GET', `/threads${queryOf(query)}`);
  }

  thread(id: string): Promise<ThreadView> {
    return this.json('GET', `/threads/${id}`);
  }

  protected async json<T>(method: Method, path: string, body?: unknown, fresh = false): Promise<T> {
    const answer = await this.request(method, path, body, fresh);
    return answer.json().catch(() => {
      throw new Refusal('offline');
    }) as Promise<T>;
  }

  /** Asks, and once more with a fresh proof where the held one is refused. */
  protected async request(method: Method, path: string, body?: unknown, fresh = false): Promise<Response> {
    const first = await this.#once(method, path, body, fresh);
    const again = first.status === 401 && this.auth.renewable && !fresh;
    const answer = again ? await this.#once(method, path, body, true) : first;
    if (!answer.ok) throw refusalOfProblem(answer.status, await answer.text());
    return answer;
  }

  async #once(method: Method, path: string, body: unknown, fresh: boolean): Promise<Response> {
    const headers = await this.auth.headers(fresh);
    const init: RequestInit = { method, headers, signal: AbortSignal.timeout(PATIENCE_MS) };
    if (body !== undefined) {
      init.body = JSON.stringify(body);
      init.headers = { ...headers, 'Content-Type': 'application/json' };
    }
    return fetch(this.base + path, init).catch(() => {
      throw new Refusal('offline');
    });
  }
}

export function queryOf(query: Query): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]): [string, string] => [name, String(value)]);
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}

/** A refusal in the server's own words, or by its status where something else answered in between. */
export function refusalOfProblem(status: number, text: string): Refusal {
  try {
    const problem = JSON.parse(text) as Problem;
    return new Refusal(problem.code, {
      reason: problem.reason,
      retryable: problem.retryable ?? false,
      retryAfterMs: problem.retry_after_ms,
    });
  } catch {
    return new Refusal(status >= 500 ? 'unavailable' : 'internal', { retryable: status >= 500 });
  }
}
