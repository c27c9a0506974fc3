/** How components reach the moderation room. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

import type { Moderation } from './moderation';

const Context = createContext<Moderation | null>(null);

export const ModerationProvider = Context.Provider;

export function useModeration(): Moderation {
  const found = useContext(Context);
  if (found === null) throw new Error('Rendered outside of the moderation room.');
  return found;
}
