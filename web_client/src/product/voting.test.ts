import { describe, expect, it } from 'vitest';

import { serve } from '../../test/reviews';
import { Voting } from './voting';

const signedIn = (): Promise<string> => Promise.resolve('a-token');

describe('voting', () => {
  it('knows where somebody has voted, what is his own, and whether he sells it', async () => {
    const { asked } = serve({ body: { voted: ['1'], own: ['2'], sells: true } });
    const voting = new Voting(signedIn);

    await voting.load('lamp');

    expect(asked[0]?.headers.get('authorization')).toBe('Bearer a-token');
    expect([voting.voted.value, voting.own.value, voting.sells.value]).toEqual([new Set(['1']), new Set(['2']), true]);
  });

  it('shows a vote before the server has it, and the next takes it back', async () => {
    const { asked } = serve({ status: 204 });
    const voting = new Voting(signedIn);

    const sent = voting.toggle('1');
    expect([voting.voted.value.has('1'), voting.added.value.get('1')]).toEqual([true, 1]);
    expect(await sent).toBe('done');
    expect(await voting.toggle('1')).toBe('done');

    expect(asked.map(({ method, path, body }) => [method, path, body])).toEqual([
      ['PUT', '/api/v1/reviews/1/vote', { helpful: true }],
      ['PUT', '/api/v1/reviews/1/vote', { helpful: false }],
    ]);
    expect([voting.voted.value.has('1'), voting.added.value.get('1')]).toEqual([false, 0]);
  });

  it('lets a press wait that comes before it is known where somebody has voted', async () => {
    const { asked } = serve({ body: { voted: ['1'], own: ['2'] } });
    const voting = new Voting(signedIn);

    void voting.load('lamp');
    const outcomes = await Promise.all(['1', '2', '3'].map((id) => voting.toggle(id)));

    expect(outcomes).toEqual(['done', 'done', 'done']);
    expect(asked.map(({ path }) => path)).toEqual(['/api/v1/products/lamp/votes', '/api/v1/reviews/3/vote']);
    expect(voting.voted.value).toEqual(new Set(['1', '3']));
  });

  it('takes a vote back that the server does not take', async () => {
    serve({ status: 503, body: { code: 'unavailable' } });
    const voting = new Voting(signedIn);

    expect(await voting.toggle('1')).toBe('failed');

    expect([voting.voted.value.has('1'), voting.added.value.get('1')]).toEqual([false, 0]);
  });

  it('asks to sign in where the page has no token after all', async () => {
    const { asked } = serve({ status: 204 });
    const voting = new Voting(() => Promise.resolve(null));

    expect(await voting.toggle('1')).toBe('signIn');

    expect(asked).toEqual([]);
    expect(voting.voted.value.has('1')).toBe(false);
  });

  it('sends one vote where somebody presses twice in a hurry', async () => {
    const { asked } = serve({ status: 204 });
    const voting = new Voting(signedIn);

    await Promise.all([voting.toggle('1'), voting.toggle('1')]);

    expect(asked).toHaveLength(1);
  });
});
