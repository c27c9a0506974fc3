/** Who is signed in, and the way to the server. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

import type { StaffMe } from '../protocol/generated';
import type { ConsoleApi } from '../services/console';

export interface Console {
  api: ConsoleApi;
  me: StaffMe;
  /** The session is over. */
  leave: () => void;
  /** What is to be done when the session is over. */
  leaving: Set<() => void>;
}

export const ConsoleContext = createContext<Console | null>(null);

/** How far this device's clock is behind the server's, in milliseconds: what counts down adds it. */
export function useSkew(): number {
  return useConsole().api.skew.value;
}

export function useConsole(): Console {
  const found = useContext(ConsoleContext);
  if (found === null) throw new Error('Rendered outside of the console.');
  return found;
}
