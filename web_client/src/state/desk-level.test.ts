import { expect, it } from 'vitest';

import { MINUTE, NOON, row } from '../../test/desk';
import { levelOf } from './desk-level';

const asked = row({ queued_at: NOON, first_due: NOON + 20 * MINUTE, resolve_due: NOON + 100 * MINUTE });

it('warns in the last quarter of the time, and says when it is over', () => {
  const urgencies = [0, 14.9, 15, 19.9, 20].map((minutes) => levelOf(asked, NOON + minutes * MINUTE)?.urgency);

  expect(urgencies).toEqual(['calm', 'calm', 'soon', 'soon', 'late']);
});

it('promises the first answer before the end, and nothing where nobody waits', () => {
  const { first_due: _, ...answered } = asked;

  expect(levelOf(asked, NOON)).toMatchObject({ kind: 'first', due: NOON + 20 * MINUTE });
  expect(levelOf(answered, NOON)).toMatchObject({ kind: 'resolve', due: NOON + 100 * MINUTE });
  expect(levelOf({ ...asked, state: 'resolved' }, NOON)).toBe(null);
  expect(levelOf(row(), NOON)).toBe(null);
});
