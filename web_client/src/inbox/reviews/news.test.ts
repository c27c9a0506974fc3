import { expect, it } from 'vitest';

import { Refusal } from '../../protocol/refusal';
import { News } from './news';

/** What was asked for, in its order; the first question is answered with `refusal`, where there is one. */
function heard(refusal?: Refusal): { news: News; asked: string[]; idle: () => Promise<void> } {
  const asked: string[] = [];
  const news = new News((shop, { ids, isAll }) => {
    asked.push(`${shop}: ${[...(isAll ? ['all'] : []), ...ids].join(' ')}`);
    return asked.length === 1 && refusal !== undefined ? Promise.reject(refusal) : Promise.resolve();
  });
  return { news, asked, idle: () => new Promise((resolve) => setTimeout(resolve)) };
}

it('asks together for what is told in the same moment', async () => {
  const { news, asked, idle } = heard();

  news.told('one', 'a');
  news.told('two', 'b');
  news.told('one', 'c');
  await idle();

  expect(asked).toEqual(['one: a c', 'two: b']);
});

it('asks for all of a shop where that was told, whatever else is', async () => {
  const { news, asked, idle } = heard();

  news.told('one', 'a');
  news.told('one');
  news.told('one', 'c');
  await idle();

  expect(asked).toEqual(['one: all a c']);
});

it('goes on after what is refused for good', async () => {
  const { news, asked, idle } = heard(new Refusal('not_found'));

  news.told('one', 'gone');
  await idle();
  news.told('one', 'a');
  await idle();

  expect(asked).toEqual(['one: gone', 'one: a']);
});
