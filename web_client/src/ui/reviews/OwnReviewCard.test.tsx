import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';

import { BUYER, FakeServer } from '../../../test/fake-server';
import { fleetingShelf } from '../../connection/keep';
import { needPart, setLocale } from '../../i18n';
import '../../i18n/more';
import '../../i18n/reviews';
import type { OwnReview } from '../../protocol/generated';
import { Api } from '../../services/api';
import { cookieAuth } from '../../services/auth';
import { Client } from '../../state/client';
import { ClientProvider, surroundings } from '../client';
import { OwnReviewCard } from './OwnReviewCard';

const REVIEW: OwnReview = {
  id: '0000000000000001',
  about: { order_id: '0000000000000002', line_id: '0000000000000003', title: 'Lamp', photo_url: '', shop: { id: '0000000000000004', name: 'Liman' } },
  stars: 4,
  rated_at: 0,
  texts: [
    { part: 'text', text: 'It shines.', state: 'refused', written_at: 10, revision: 2, photos: ['0000000000000007', '0000000000000008'] },
    { part: 'followup', text: 'It broke.', state: 'published', written_at: 20, revision: 2 },
  ],
  replies: [{ part: 'followup_reply', text: 'We are sorry.', at: 30 }],
};

/** Which photos were asked for, and how large. */
const asked: string[] = [];

beforeAll(async () => {
  await Promise.all([setLocale('en'), needPart('more'), needPart('reviews')]);
});

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path);
    return Promise.resolve(new Response('photo'));
  });
});

afterEach(cleanup);

function shown(review: OwnReview): string[] {
  const client = new Client({ api: new Api(cookieAuth), socketUrl: 'ws://chat.example/socket', locale: () => 'en', shelf: fleetingShelf(), dial: new FakeServer().dial(BUYER) });
  const { container } = render(
    <ClientProvider value={surroundings(client)}>
      <OwnReviewCard review={review} now={100} isWanted={false} onWrite={() => undefined} />
    </ClientProvider>,
  );
  return [...container.querySelectorAll('.own-words-text')].map((words) => words.textContent);
}

it('shows each reply under what it answers', () => {
  const toBoth = [...REVIEW.replies, { part: 'reply' as const, text: 'Thank you.', at: 40 }];

  expect(shown(REVIEW)).toEqual(['It shines.', 'It broke.', 'We are sorry.']);
  cleanup();
  expect(shown({ ...REVIEW, replies: toBoth })).toEqual(['It shines.', 'Thank you.', 'It broke.', 'We are sorry.']);
});

it('opens its photos large, also those of words that were refused', async () => {
  shown(REVIEW);

  fireEvent.click(screen.getByRole('button', { name: 'Open photo 2 of 2' }));

  await screen.findByRole('dialog', { name: '2 of 2' });
  await waitFor(() => { expect(asked).toContain('/api/v1/photos/0000000000000008/full'); });
});
