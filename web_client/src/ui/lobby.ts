/** How components reach the lobby of their page: the connection and the lists. Conversations need the client. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

import type { Lobby } from '../state/lobby';

const Context = createContext<Lobby | null>(null);

export const LobbyProvider = Context.Provider;

export function useLobby(): Lobby {
  const found = useContext(Context);
  if (found === null) throw new Error('Rendered outside of LobbyProvider.');
  return found;
}
