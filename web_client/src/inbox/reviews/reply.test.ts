import { beforeEach, expect, it } from 'vitest';

import { shopReview } from '../../../test/shop-reviews';
import { Drafts } from '../../connection/drafts';
import { fleetingShelf, openKeep } from '../../connection/keep';
import type { ShopReview } from '../../protocol/generated';
import { Refusal } from '../../protocol/refusal';
import { Reply } from './reply';

const REVIEW = shopReview(1, { may_reply: true });

let drafts: Drafts;
let sent: { client_key: string; text: string }[];
let refusal: Refusal | null;

beforeEach(() => {
  drafts = new Drafts(openKeep('ion', fleetingShelf()));
  sent = [];
  refusal = null;
});

function open(review: ShopReview = REVIEW, part: 'reply' | 'followup_reply' = 'reply'): Reply {
  return new Reply({
    review,
    part,
    limit: 10,
    drafts: () => drafts,
    send: (words) => {
      sent.push(words);
      return refusal === null ? Promise.resolve() : Promise.reject(refusal);
    },
  });
}

it('survives a reload, apart from the other reply of the same review', () => {
  open().write('Thanks');

  expect(open().text.value).toBe('Thanks');
  expect(open().isBegun).toBe(true);
  expect(open(REVIEW, 'followup_reply').text.value).toBe('');
});

it('is sent once, without spaces around it, and leaves no draft', async () => {
  const reply = open();
  reply.write('  Thanks \n');

  expect(await Promise.all([reply.submit(), reply.submit()])).toEqual([true, false]);

  expect(sent.map(({ text }) => text)).toEqual(['Thanks']);
  expect(open().text.value).toBe('');
});

it('keeps the words that could not be sent, and sends the same words under the same key', async () => {
  const reply = open();
  reply.write('Thanks');
  refusal = new Refusal('offline');
  await expect(reply.submit()).rejects.toBe(refusal);
  await expect(reply.submit()).rejects.toBe(refusal);
  reply.write('Thanks!');
  refusal = null;
  await reply.submit();

  const [first, again, other] = sent.map(({ client_key: key }) => key);
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

it('counts code points, and holds back what is empty or too long', () => {
  const reply = open();
  const isReady = (text: string): boolean => {
    reply.write(text);
    return reply.isReady.value;
  };

  expect(['', ' \n ', '😀'.repeat(10), '😀'.repeat(11)].map(isReady)).toEqual([false, false, true, false]);
  expect(reply.left.value).toBe(-1);
});

it('begins with the words that were refused', () => {
  const refused = shopReview(1, {
    may_reply: true,
    replies: [{ part: 'reply', text: 'Call me', state: 'refused', written_at: 1, revision: 2, reason: 'personal_data' }],
  });

  expect(open(refused).text.value).toBe('Call me');
  expect(open(refused).isBegun).toBe(false);
});
