import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { page, review, serve } from '../../test/reviews';
import { needPart, setLocale } from '../i18n';
import '../i18n/reviews';
import type { PublicReview } from '../protocol/generated';
import { around, surround } from './around';
import { Frame } from './frame';
import { Reading } from './reading';
import { ReportForm } from './ReportForm';
import { Review } from './Review';
import { Voting } from './voting';

const AT = 1_800_000_000_000;

/** Of somebody who gave stars alone, and had something to say later. */
function laterOnly(): PublicReview {
  const { text: _, ...stars } = review({ stars: 2 });
  return { ...stars, followup: { text: 'Broke after a month.', at: AT, photos: [{ name: 'x'.repeat(22), width: 9, height: 9 }] } };
}

beforeEach(async () => {
  const frame = new Frame();
  surround({ frame, reading: new Reading(frame.api, 'lamp') });
  await Promise.all([setLocale('en'), needPart('reviews')]);
});

afterEach(cleanup);

describe('a review without a text', () => {
  it('shows its stars, and what was added later with its photos', () => {
    render(<Review review={laterOnly()} />);

    const article = screen.getByRole('article');
    expect(article.textContent).toContain('Added later');
    expect(article.textContent).toContain('Broke after a month.');
    expect(screen.getByRole('img', { name: /^2/ })).toBeTruthy();
    expect(screen.getAllByRole('button', { name: /photo/i })).toHaveLength(1);
  });

  it('is reported for the follow-up, without a question which words are meant', async () => {
    const { asked } = serve({ body: page([]) }, { status: 204 });
    const one = laterOnly();
    around().frame.voting.value = new Voting(() => Promise.resolve('token'));
    render(<ReportForm review={one} onClose={() => undefined} />);

    expect(screen.queryByRole('radio', { name: 'Follow-up' })).toBeNull();
    fireEvent.submit((await screen.findByRole('textbox')).closest('form') ?? document.body);
    await expect.poll(() => asked.map(({ path }) => path)).toContain(`/api/v1/reviews/${one.id}/parts/followup/report`);
  });
});
