import { describe, expect, it } from 'vitest';

import { quickest } from '../../../test/quickest';
import { changes, cut, type Range } from './diff';

const wordsAt = (text: string, places: readonly Range[]): string[] => places.map(({ from, to }) => text.slice(from, to));

function told(before: string, now: string): { removed: string[]; added: string[] } {
  const { removed, added } = changes(before, now);
  return { removed: wordsAt(before, removed), added: wordsAt(now, added) };
}

describe('what has changed', () => {
  it('is nothing where the words are the same, however they are spaced', () => {
    expect(told('A fine  lamp', 'A fine\nlamp')).toEqual({ removed: [], added: [] });
  });

  it('is what was taken out', () => {
    expect(told('A fine lamp. Call me at 069 123 456!', 'A fine lamp.')).toEqual({ removed: ['Call me at 069 123 456!'], added: [] });
  });

  it('is what was put in the place of something else', () => {
    expect(told('The seller is an idiot and slow', 'The seller is unkind and slow')).toEqual({ removed: ['an idiot'], added: ['unkind'] });
  });

  it('is told in several places, with emoji and in any script', () => {
    expect(told('😀 лампа хорошая, звоните 069', '😀 лампа очень хорошая, спасибо 🎉')).toEqual({
      removed: ['звоните 069'],
      added: ['очень', 'спасибо 🎉'],
    });
    expect(told('المصباح جميل اتصلوا بي', 'المصباح جميل جدا')).toEqual({ removed: ['اتصلوا بي'], added: ['جدا'] });
  });

  it('is everything where there was nothing', () => {
    expect(told('', 'two words')).toEqual({ removed: [], added: ['two words'] });
    expect(told('two words', '')).toEqual({ removed: ['two words'], added: [] });
  });

  it('is found in the longest texts in a moment', () => {
    const before = Array.from({ length: 2_000 }, (_, at) => String.fromCodePoint(97 + ((at * 7) % 26))).join(' ');
    const now = Array.from({ length: 2_000 }, (_, at) => String.fromCodePoint(97 + ((at * 11) % 26))).join(' ');

    expect(told(before, now).added.length).toBeGreaterThan(0);
    expect(quickest(() => { told(before, now); }, 3)).toBeLessThan(1_000);
  });
});

describe('cutting', () => {
  it('goes along the edges of places that reach into the stretch', () => {
    expect(cut({ from: 2, to: 10 }, [{ from: 0, to: 4 }, { from: 6, to: 7 }, { from: 20, to: 30 }])).toEqual([
      { from: 2, to: 4, isIn: true },
      { from: 4, to: 6, isIn: false },
      { from: 6, to: 7, isIn: true },
      { from: 7, to: 10, isIn: false },
    ]);
  });
});
