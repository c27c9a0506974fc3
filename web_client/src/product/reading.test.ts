import { describe, expect, it } from 'vitest';

import { page, review, serve, type Answer } from '../../test/reviews';
import { PublicReviewsApi } from '../services/public-reviews';
import { Reading } from './reading';

const REFUSED: Answer = { status: 503, body: { code: 'unavailable' } };

function reading(): Reading {
  return new Reading(new PublicReviewsApi({ renewable: false, headers: () => Promise.resolve({}) }), 'lamp 1');
}

const pathsOf = (asked: { path: string }[]): string[] => asked.map(({ path }) => path.replace('/api/v1/products/lamp%201/reviews', ''));

describe('reading the reviews of a product', () => {
  it('shows the first page, and the next below it', async () => {
    const [one, two] = [review(), review()];
    const { asked } = serve({ body: page([one], { next: 'x' }) }, { body: page([two]) });
    const read = reading();

    await read.load();
    await read.more();
    await read.more();

    expect(pathsOf(asked)).toEqual(['', '?before=x']);
    expect(read.reviews.value).toEqual([one, two]);
    expect(read.view.value).toBe('list');
  });

  it('shows a review once that has moved from one page to another', async () => {
    const [one, two] = [review(), review()];
    serve({ body: page([one], { next: 'x' }) }, { body: page([one, two]) });
    const read = reading();

    await read.load();
    await read.more();

    expect(read.reviews.value).toEqual([one, two]);
  });

  it('asks for what is wanted, all of it at once, and for less again', async () => {
    const { asked } = serve({ body: page([review()]) });
    const read = reading();

    await read.want({ stars: 4 });
    await read.want({ photos: true, language: 'ro', sort: 'helpful' });
    expect(read.isFiltered.value).toBe(true);
    await read.clear();

    expect(pathsOf(asked)).toEqual(['?stars=4', '?stars=4&photos=true&language=ro&sort=helpful', '?sort=helpful']);
    expect(read.isFiltered.value).toBe(false);
  });

  it('answers the later of two wishes, whichever comes first', async () => {
    let answer: (answer: Answer) => void = () => undefined;
    const late = new Promise<Answer>((resolve) => { answer = resolve; });
    const [one, two] = [review(), review()];
    serve(late, { body: page([two]) });
    const read = reading();

    const first = read.want({ stars: 1 });
    await read.want({ stars: 2 });
    answer({ body: page([one]) });
    await first;

    expect(read.reviews.value).toEqual([two]);
    expect(read.isBusy.value).toBe(false);
  });

  it('tells apart that nobody has rated it, that nobody has written, and that no review is like that', async () => {
    const none = { histogram: { counts: [0, 0, 0, 0, 0], ratings: 0, texts: 0 } };
    const stars = { histogram: { counts: [0, 0, 0, 1, 2], ratings: 3, texts: 0, average: '4.6' } };
    const others = { histogram: { counts: [0, 0, 0, 1, 2], ratings: 3, texts: 2, average: '4.6' } };
    serve({ body: page([], none) }, { body: page([], stars) }, { body: page([], others) });
    const read = reading();
    const seen = [read.view.value];

    for (let turn = 0; turn < 3; turn += 1) {
      await read.load();
      seen.push(read.view.value);
    }

    expect(seen).toEqual(['loading', 'unrated', 'wordless', 'nothing']);
  });

  it('takes a product that nobody has told us about for one that nobody has rated', async () => {
    serve({ status: 404, body: { code: 'not_found' } });
    const read = reading();

    await read.load();

    expect(read.view.value).toBe('unrated');
  });

  it('says that it failed where there is nothing, and keeps what is there where there is something', async () => {
    const one = review();
    serve(REFUSED, { body: page([one]) }, REFUSED);
    const read = reading();

    await read.load();
    expect([read.view.value, read.refusal.value?.code]).toEqual(['failed', 'unavailable']);
    await read.load();
    expect([read.view.value, read.refusal.value]).toEqual(['list', null]);
    await read.want({ stars: 5 });

    expect([read.view.value, read.refusal.value?.code, read.reviews.value]).toEqual(['list', 'unavailable', [one]]);
  });
});
