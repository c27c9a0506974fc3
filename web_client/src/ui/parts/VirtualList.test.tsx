import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { scrollFor, VirtualList, windowOf } from './VirtualList';

afterEach(cleanup);

describe('windowOf', () => {
  it('draws what is in sight and a little beyond', () => {
    expect(windowOf({ top: 8000, height: 800 }, 80, 10_000)).toEqual([92, 120]);
  });

  it('stops at both ends', () => {
    expect(windowOf({ top: 0, height: 800 }, 80, 3)).toEqual([0, 3]);
    expect(windowOf({ top: 0, height: 800 }, 80, 0)).toEqual([0, 0]);
  });

  it('has no rows before the end of a list that has become short', () => {
    expect(windowOf({ top: 80_000, height: 800 }, 80, 5)).toEqual([5, 5]);
  });
});

describe('scrollFor', () => {
  const sight = { top: 800, height: 400 };

  it('stays where the row is in sight', () => {
    expect(scrollFor(11, sight, 80)).toBe(800);
  });

  it('goes as far as it must', () => {
    expect(scrollFor(5, sight, 80)).toBe(400);
    expect(scrollFor(20, sight, 80)).toBe(1280);
  });
});

it('says how many rows there are, of which few are drawn', () => {
  const items = Array.from({ length: 10_000 }, (_, index) => `row ${String(index)}`);
  render(
    <VirtualList items={items} keyOf={(item) => item} rowHeight={80}>
      {(item) => item}
    </VirtualList>,
  );

  const rows = screen.getAllByRole('listitem');

  expect(rows.length).toBeLessThan(40);
  expect(rows[0]?.getAttribute('aria-setsize')).toBe('10000');
  expect(rows[2]?.getAttribute('aria-posinset')).toBe('3');
});
