import { expect, test } from 'vitest';

import { inOrder } from './order';

test('open ones come by what is due first, then those that wait for nobody here, then what is over, newest first', () => {
  const cases = [
    { name: 'over long', opened_at: 1, closed_at: 2, over: true },
    { name: 'reviewed', opened_at: 1, over: false },
    { name: 'due late', opened_at: 9, due_at: 30, over: false },
    { name: 'over now', opened_at: 1, closed_at: 8, over: true },
    { name: 'due soon', opened_at: 1, due_at: 20, over: false },
  ];

  expect(inOrder(cases, ({ over }) => over).map(({ name }) => name)).toEqual(['due soon', 'due late', 'reviewed', 'over now', 'over long']);
});
