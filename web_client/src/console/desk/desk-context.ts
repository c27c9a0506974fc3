/** How the components of this room reach its desk. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

import type { Desk } from './desk';

const Context = createContext<Desk | null>(null);

export const DeskProvider = Context.Provider;

export function useDesk(): Desk {
  const found = useContext(Context);
  if (found === null) throw new Error('Rendered outside of the desk.');
  return found;
}
