import { describe, expect, it } from 'vitest';

import { completed, matching, mentionsIn, wordAt, type Suggestion } from './suggest';

const one = (title: string, hint = ''): Suggestion => ({ id: title, title, hint, text: `<${title}>` });

describe('a word after a sign', () => {
  it.each([
    ['/', ''],
    ['Hello /gre', 'gre'],
    ['first line\n/x', 'x'],
    ['a/b', null],
    ['/two words', null],
    ['', null],
  ])('is seen at the end of %j', (text, word) => {
    expect(wordAt(text, '/')).toBe(word);
  });

  it('gives its place to what was chosen', () => {
    expect(completed('Well, /gre', '/', one('Greeting'))).toBe('Well, <Greeting>');
    expect(completed('@Ve', '@', one('Vera'))).toBe('<Vera>');
    expect(completed('no sign', '/', one('Greeting'))).toBe('no sign');
  });
});

it('offers what begins with the word before what holds it, by title or shortcut', () => {
  const all = [one('Long greeting'), one('Greeting'), one('Refund', 'gr-refund'), one('Other')];

  expect(matching(all, 'gr').map(({ title }) => title)).toEqual(['Greeting', 'Refund', 'Long greeting']);
  expect(matching(all, '')).toHaveLength(4);
});

it('finds whom a note names, and not the shorter name inside of a longer', () => {
  const people = [{ id: '1', name: 'Vera' }, { id: '2', name: 'Vera Lind' }, { id: '3', name: 'Amir' }];

  expect(mentionsIn('@Vera Lind, please look', people)).toEqual(['2']);
  expect(mentionsIn('@Vera and @Amir', people)).toEqual(['1', '3']);
  expect(mentionsIn('Vera', people)).toEqual([]);
});
