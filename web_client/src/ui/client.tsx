/** How components reach the one client of their page. */
import { createContext, type ComponentChildren, type JSX } from 'preact';
import { useContext } from 'preact/hooks';

import { Photos } from '../services/photos';
import type { Client } from '../state/client';
import { LobbyProvider } from './lobby';

export interface Surroundings {
  client: Client;
  photos: Photos;
}

const Context = createContext<Surroundings | null>(null);

/** Put around everything that a page shows. */
export function ClientProvider({ value, children }: { value: Surroundings; children: ComponentChildren }): JSX.Element {
  return (
    <LobbyProvider value={value.client.lobby}>
      <Context.Provider value={value}>{children}</Context.Provider>
    </LobbyProvider>
  );
}

/** The surroundings of a client, made once a page. */
export function surroundings(client: Client): Surroundings {
  return { client, photos: new Photos(client.api) };
}

function useSurroundings(): Surroundings {
  const found = useContext(Context);
  if (found === null) throw new Error('Rendered outside of ClientProvider.');
  return found;
}

export function useClient(): Client {
  return useSurroundings().client;
}

export function usePhotos(): Photos {
  return useSurroundings().photos;
}
