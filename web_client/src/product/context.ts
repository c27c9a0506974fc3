/** What every part of the page may reach: the frame, and the product whose reviews are read in it. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

import type { Frame } from './frame';
import type { Reading } from './reading';

export interface Around {
  frame: Frame;
  reading: Reading;
}

export const AroundContext = createContext<Around | null>(null);

export function useAround(): Around {
  const around = useContext(AroundContext);
  if (around === null) throw new Error('There are no reviews around this.');
  return around;
}
