import { expect, it } from 'vitest';

import { placeIn } from './places';

const FIRST = '0000000000000901';

it('reads a conversation and a message from the address, and nothing else', () => {
  expect(placeIn(`#/t/${FIRST}`)).toEqual({ id: FIRST });
  expect(placeIn(`#/t/${FIRST}/12`)).toEqual({ id: FIRST, seq: 12 });
  expect(placeIn('#token=abc')).toBe(null);
  expect(placeIn('#/t/../../x')).toBe(null);
});
