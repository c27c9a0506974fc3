/** How components reach the queue of complaints. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

import type { Complaints } from './complaints';

const Context = createContext<Complaints | null>(null);

export const ComplaintsProvider = Context.Provider;

export function useComplaints(): Complaints {
  const found = useContext(Context);
  if (found === null) throw new Error('Rendered outside of the room of complaints.');
  return found;
}
