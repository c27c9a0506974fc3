import { expect, it } from 'vitest';
import { highlight } from './highlight';

const marked = (text: string, query: string): string =>
  highlight(text, query)
    .map((piece) => (piece.isHit ? `[${piece.text}]` : piece.text))
    .join('');

it('marks every word, whatever its case and its marks', () => {
  expect(marked('Vânzătorul are o vază', 'vanzatorul VAZA')).toBe('[Vânzătorul] are o [vază]');
  expect(marked('Ёлка и ещё ёлка', 'елка')).toBe('[Ёлка] и ещё [ёлка]');
});

it('joins hits that overlap', () => {
  expect(marked('aaaa', 'aa aaa')).toBe('[aaaa]');
});

it('begins shortly before a hit that stands far inside', () => {
  const text = `${'word '.repeat(40)}glaze at the end`;

  expect(marked(text, 'glaze')).toMatch(/^…(word )+\[glaze\] at the end$/);
});

it('keeps a text in which nothing is found, on one line', () => {
  expect(marked('two\n lines', 'x')).toBe('two lines');
  expect(marked('anything', '')).toBe('anything');
});
