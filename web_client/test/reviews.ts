/** Reviews of a product as tests want them, and a server that answers what it is told to. */
import { vi } from 'vitest';

import type { ProductReviews, PublicReview } from '../src/protocol/generated';

let made = 0;

export function review(parts: Partial<PublicReview> = {}): PublicReview {
  made += 1;
  return {
    id: made.toString(16).padStart(16, '0'),
    stars: 5,
    author: 'A',
    country: 'MD',
    rated_at: 1_800_000_000_000 + made,
    text: { text: `words ${String(made)}`, at: 1_800_000_000_000 + made, language: 'en' },
    ...parts,
  };
}

export function page(reviews: PublicReview[], parts: Partial<ProductReviews> = {}): ProductReviews {
  const { length } = reviews;
  return { histogram: { counts: [0, 0, 0, 0, length], ratings: length, texts: length, average: '5.0' }, reviews, languages: ['en'], ...parts };
}

export interface Answer {
  status?: number;
  body?: unknown;
}

/** What the server was asked, and what it answers: by turns, the last for ever. A promise keeps it waiting. */
export function serve(...answers: (Answer | Promise<Answer>)[]): { asked: { method: string; path: string; headers: Headers; body: unknown }[] } {
  const asked: { method: string; path: string; headers: Headers; body: unknown }[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    const turn = Math.min(asked.length, answers.length - 1);
    asked.push({
      method: init.method ?? 'GET',
      path,
      headers: new Headers(init.headers),
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
    });
    const { status = 200, body } = await (answers[turn] ?? {});
    if (status === 0) throw new TypeError('no network');
    return new Response(body === undefined ? null : JSON.stringify(body), { status });
  });
  return { asked };
}
