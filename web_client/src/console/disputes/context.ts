/** How components reach the docket. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

import type { Docket } from './docket';

const Context = createContext<Docket | null>(null);

export const DocketProvider = Context.Provider;

export function useDocket(): Docket {
  const found = useContext(Context);
  if (found === null) throw new Error('Rendered outside of the room of disputes.');
  return found;
}
