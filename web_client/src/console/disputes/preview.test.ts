import { expect, it } from 'vitest';

import { consequencesOf } from './Preview';

const words = (keys: readonly string[]): string[] => keys.map((key) => key.replace('console.disputes.preview.', ''));

it('says of a decision what is paid when, that both are told, and that it is final', () => {
  expect(words(consequencesOf('partial', {}, true))).toEqual(['amount', 'refund', 'told', 'final']);
  expect(words(consequencesOf('none', {}, true))).toEqual(['none', 'told', 'final']);
});

it('says that goods go back first, and who pays for it', () => {
  expect(words(consequencesOf('return', {}, true))).toEqual(['return', 'return.cost', 'amount', 'refund', 'told', 'final']);
  expect(words(consequencesOf('return', { returning: { free: true } }, true))[1]).toBe('return.free');
});

it('says of a proposal that both must agree, and that it takes the place of an earlier one', () => {
  expect(words(consequencesOf('full', {}, false))).toEqual(['both', 'amount', 'refund']);
  expect(words(consequencesOf('full', { proposal: { kind: 'full' } }, false))[0]).toBe('replaces');
});
