/** The HTTP API, typed: one method per route that a client uses. What the answers mean is decided above. */
import type {
  EventPage,
  Me,
  OpenThread,
  OrderPage,
  OrderView,
  Posted201,
  PutThreadSettings,
  RateSupport,
  ReportBody,
  SearchPage,
  Stored,
  ThreadView,
} from '../protocol/generated';
import { newKey } from '../protocol/keys';
import { Refusal } from '../protocol/refusal';
import { Http, queryOf, refusalOfProblem } from './http';

export interface Upload {
  blob: Blob;
  /** The same photo under the same key is stored once. */
  key: string;
  /** From 0 to 1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

export class Api extends Http {
  /** Where photos live. */
  protected readonly photos: string = '/photos';

  me(): Promise<Me> {
    return this.json('GET', '/me');
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

  /** A visitor's conversation becomes this buyer's. */
  mergeVisitor(token: string): Promise<ThreadView> {
    return this.json('POST', '/support/merge', { token });
  }

  async feedback(thread: string, seq: number, helpful: boolean): Promise<void> {
    await this.request('PUT', `/threads/${thread}/messages/${String(seq)}/feedback`, { helpful });
  }

  async rateSupport(thread: string, body: RateSupport): Promise<void> {
    await this.request('PUT', `/threads/${thread}/csat`, body);
  }

  /** Answers of support that nobody has read go to this address as well. */
  async leaveEmail(thread: string, email: string): Promise<void> {
    await this.request('PUT', `/threads/${thread}/email`, { email });
  }

  async forgetEmail(thread: string): Promise<void> {
    await this.request('DELETE', `/threads/${thread}/email`);
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

  /** `withdraw`: what was said not to have come is taken back with it. */
  confirmReceipt(order: string, withdraw = false): Promise<OrderView> {
    return this.json('POST', `/orders/${order}/receipt`, { client_key: newKey(), ...(withdraw ? { withdraw_dispute: true } : {}) });
  }

  /** Turns the secret part of an inbox link into a session. */
  openInbox(token: string): Promise<Me> {
    return this.json('POST', '/inbox/session', { token });
  }

  async closeInbox(): Promise<void> {
    await this.request('DELETE', '/inbox/session');
  }

  async photo(id: string, variant: 'full' | 'thumb'): Promise<Blob> {
    const answer = await this.request('GET', `${this.photos}/${id}/${variant}`);
    return answer.blob();
  }

  /** Sends a photo. `fetch` cannot tell how far it has come, so this is the older way. */
  async upload(upload: Upload): Promise<Stored> {
    const headers = await this.auth.headers(false);
    const request = new XMLHttpRequest();
    request.open('POST', this.base + this.photos);
    Object.entries(headers).forEach(([name, value]) => {
      request.setRequestHeader(name, value);
    });
    request.setRequestHeader('Content-Type', upload.blob.type);
    request.setRequestHeader('X-Client-Key', upload.key);
    return sent(request, upload);
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
