/** The HTTP API, typed. The only place that speaks HTTP; what the answers mean is decided above. */
import type {
  EventPage,
  Me,
  OpenThread,
  OrderPage,
  OrderView,
  Posted201,
  Problem,
  PutThreadSettings,
  ReportBody,
  SearchPage,
  Stored,
  ThreadPage,
  ThreadView,
  Ticket,
  Unread,
} from '../protocol/generated';
import { newKey } from '../protocol/keys';
import { Refusal } from '../protocol/refusal';
import type { Auth } from './auth';

/** A request that takes longer is given up. Uploads have no limit but the person's patience. */
const PATIENCE_MS = 20_000;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Upload {
  blob: Blob;
  /** The same photo under the same key is stored once. */
  key: string;
  /** From 0 to 1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** One method per route that a client uses. Every one rejects with a Refusal and nothing else. */
export class Api {
  private readonly auth: Auth;
  private readonly base: string;

  /** `base` is where the API lives, without a slash at its end. */
  constructor(auth: Auth, base = '/api/v1') {
    this.auth = auth;
    this.base = base;
  }

  ticket(): Promise<Ticket> {
    return this.json('POST', '/socket-tickets');
  }

  me(): Promise<Me> {
    return this.json('GET', '/me');
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

  openThread(about: OpenThread): Promise<ThreadView> {
    return this.json('POST', '/threads', about);
  }

  events(thread: string, query: { before?: number; after?: number; around?: number }): Promise<EventPage> {
    return this.json('GET', `/threads/${thread}/events${queryOf(query)}`);
  }

  putSettings(thread: string, settings: PutThreadSettings): Promise<ThreadView> {
    return this.json('PUT', `/threads/${thread}/settings`, settings);
  }

  putBlock(thread: string, blocked: boolean): Promise<ThreadView> {
    return this.json('PUT', `/threads/${thread}/block`, { blocked });
  }

  edit(thread: string, seq: number, text: string): Promise<Posted201> {
    return this.json('PATCH', `/threads/${thread}/messages/${String(seq)}`, { client_key: newKey(), text });
  }

  withdraw(thread: string, seq: number): Promise<Posted201> {
    const path = `/threads/${thread}/messages/${String(seq)}/withdrawal`;
    return this.json('POST', path, { client_key: newKey() });
  }

  async report(thread: string, seq: number, body: Omit<ReportBody, 'client_key'>): Promise<void> {
    const path = `/threads/${thread}/messages/${String(seq)}/report`;
    await this.request('POST', path, { ...body, client_key: newKey() });
  }

  search(q: string, before?: string): Promise<SearchPage> {
    return this.json('GET', `/search${queryOf({ q, before })}`);
  }

  orders(before?: string): Promise<OrderPage> {
    return this.json('GET', `/orders${queryOf({ before })}`);
  }

  order(id: string): Promise<OrderView> {
    return this.json('GET', `/orders/${id}`);
  }

  confirmReceipt(order: string): Promise<OrderView> {
    return this.json('POST', `/orders/${order}/receipt`, { client_key: newKey() });
  }

  /** Turns the secret part of an inbox link into a session. */
  openInbox(token: string): Promise<Me> {
    return this.json('POST', '/inbox/session', { token });
  }

  async closeInbox(): Promise<void> {
    await this.request('DELETE', '/inbox/session');
  }

  async photo(id: string, variant: 'full' | 'thumb'): Promise<Blob> {
    const answer = await this.request('GET', `/photos/${id}/${variant}`);
    return answer.blob();
  }

  /** Sends a photo. `fetch` cannot tell how far it has come, so this is the older way. */
  async upload(upload: Upload): Promise<Stored> {
    const headers = await this.auth.headers(false);
    const request = new XMLHttpRequest();
    request.open('POST', `${this.base}/photos`);
    Object.entries(headers).forEach(([name, value]) => {
      request.setRequestHeader(name, value);
    });
    request.setRequestHeader('Content-Type', upload.blob.type);
    request.setRequestHeader('X-Client-Key', upload.key);
    return sent(request, upload);
  }

  private async json<T>(method: Method, path: string, body?: unknown): Promise<T> {
    const answer = await this.request(method, path, body);
    return answer.json().catch(() => {
      throw new Refusal('offline');
    }) as Promise<T>;
  }

  private async request(method: Method, path: string, body?: unknown): Promise<Response> {
    const first = await this.once(method, path, body, false);
    const again = first.status === 401 && this.auth.renewable;
    const answer = again ? await this.once(method, path, body, true) : first;
    if (!answer.ok) throw refusalOfProblem(answer.status, await answer.text());
    return answer;
  }

  private async once(method: Method, path: string, body: unknown, fresh: boolean): Promise<Response> {
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

function queryOf(query: Query): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]): [string, string] => [name, String(value)]);
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}

/** A refusal in the server's own words, or by its status where something else answered in between. */
function refusalOfProblem(status: number, text: string): Refusal {
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

function sent(request: XMLHttpRequest, { blob, onProgress, signal }: Upload): Promise<Stored> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      request.abort();
    };
    signal.addEventListener('abort', stop);
    request.upload.onprogress = ({ loaded, total }) => {
      onProgress(total > 0 ? loaded / total : 0);
    };
    request.onloadend = () => {
      signal.removeEventListener('abort', stop);
      if (request.status === 0) reject(new Refusal('offline'));
      else if (request.status === 201) resolve(JSON.parse(request.responseText) as Stored);
      else reject(refusalOfProblem(request.status, request.responseText));
    };
    request.send(blob);
  });
}
