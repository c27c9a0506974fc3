import { expect, it } from 'vitest';
import { hueOf, initials } from './Avatar';

it.each([
  ['Ana Rusu', 'AR'],
  ['Ion', 'I'],
  ['Михаил Орлов', 'МО'],
  ['ليلى حداد', 'لح'],
  ['maria del carmen lópez', 'ML'],
  ['𝒜lice', '𝒜'],
  ['🎈 Party', 'P'],
  ['', '·'],
  ['***', '·'],
])('%s has the initials %s', (name, letters) => {
  expect(initials(name)).toBe(letters);
});

it('gives the same name the same colour', () => {
  expect(hueOf('Ana Rusu')).toBe(hueOf('Ana Rusu'));
  expect(hueOf('Ana Rusu')).toBeLessThan(8);
});
