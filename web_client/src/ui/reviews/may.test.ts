import { expect, test } from 'vitest';

import type { OwnReview, OwnText } from '../../protocol/generated';
import { followupOf, mayAddText, maySendAgain } from './may';

const TEXT: OwnText = { part: 'text', text: 'Good.', state: 'published', written_at: 10, revision: 2 };
const STARS: OwnReview = {
  id: '0000000000000001',
  about: { order_id: '0000000000000002', line_id: '0000000000000003', title: 'Lamp', photo_url: '', shop: { id: '0000000000000004', name: 'Liman' } },
  stars: 4,
  rated_at: 0,
  texts: [],
  replies: [],
  may_write_until: 300,
  followup_from: 100,
  followup_until: 1000,
};
const { may_write_until: _, ...OLD } = STARS;
const WRITTEN: OwnReview = { ...OLD, texts: [TEXT] };
const { followup_from: __, ...WAITING } = WRITTEN;

test('words may be put beside the stars until their time is over', () => {
  expect([mayAddText(STARS, 299), mayAddText(STARS, 300), mayAddText(WRITTEN, 1)]).toEqual([true, false, false]);
});

test('only what was refused is sent again, and not for ever', () => {
  const refused: OwnText = { ...TEXT, state: 'refused', again_until: 50 };
  expect([maySendAgain(refused, 49), maySendAgain(refused, 50), maySendAgain(TEXT, 1)]).toEqual([true, false, false]);
});

test('a follow-up opens a day later and closes in the end', () => {
  expect(followupOf(WRITTEN, 99)).toEqual({ kind: 'later', from: 100 });
  expect(followupOf(WRITTEN, 100)).toEqual({ kind: 'now', until: 1000 });
  expect(followupOf(WRITTEN, 1000)).toEqual({ kind: 'no' });
});

test('a follow-up is written once, and not while the text is looked at', () => {
  expect(followupOf({ ...WRITTEN, texts: [TEXT, { ...TEXT, part: 'followup' }] }, 500)).toEqual({ kind: 'no' });
  expect(followupOf(WAITING, 500)).toEqual({ kind: 'no' });
});

test('the first words come before a follow-up as long as there is time for them', () => {
  expect(followupOf(STARS, 200)).toEqual({ kind: 'no' });
  expect(followupOf(STARS, 300)).toEqual({ kind: 'now', until: 1000 });
});
