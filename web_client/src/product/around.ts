/** What every part of the page may reach. There is one frame a page, so it needs no way through the tree of parts. */
import type { Frame } from './frame';
import type { Reading } from './reading';

export interface Around {
  frame: Frame;
  /** Of the product that is shown now. */
  reading: Reading;
}

let now: Around | null = null;

/** Said by whoever draws the page, before its parts are drawn. */
export function surround(around: Around): void {
  now = around;
}

export function around(): Around {
  if (now === null) throw new Error('There are no reviews around this.');
  return now;
}
