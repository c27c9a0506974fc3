import { describe, expect, it } from 'vitest';

import { neighbour } from './neighbour';

describe('neighbour', () => {
  const [first, second, third] = [{ id: '1' }, { id: '2' }, { id: '3' }];
  const list = [first, second, third];

  it('steps and stops at both ends', () => {
    expect(neighbour(list, first.id, 0, 1)).toBe(second);
    expect(neighbour(list, second.id, 1, -1)).toBe(first);
    expect(neighbour(list, first.id, 0, -1)).toBe(first);
    expect(neighbour(list, third.id, 2, 1)).toBe(third);
  });

  it('begins at the top', () => {
    expect(neighbour(list, null, 0, 1)).toBe(first);
  });

  it('goes on where an answered conversation has left the list', () => {
    expect(neighbour([first, third], second.id, 1, 1)).toBe(third);
    expect(neighbour([first, third], second.id, 1, -1)).toBe(first);
    expect(neighbour([first, second], third.id, 2, 1)).toBe(second);
  });

  it('has nowhere to go in an empty list', () => {
    expect(neighbour([], first.id, 0, 1)).toBe(null);
  });
});
