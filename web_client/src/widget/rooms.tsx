/** The screens behind the first one, each with what it needs: its part, its sentences, the client. */
import type { ComponentType } from 'preact';

import { needPart } from '../i18n';
import { Toasts } from '../ui/parts/Toast';
import { Inside } from './Inside';
import './rooms.css';
import type { Place, Widget } from './widget';

type Room = ComponentType<{ place: Place }>;

const loadThread = async (): Promise<Room> => (await import('./ThreadScreen')).ThreadScreen;

const LOADS: Readonly<Record<Place['kind'], () => Promise<Room>>> = {
  messages: async () => (await import('./Messages')).Messages,
  archive: async () => (await import('./ArchiveScreen')).ArchiveScreen,
  orders: async () => (await import('./OrdersScreen')).OrdersScreen,
  order: async () => (await import('./OrderScreen')).OrderScreen,
  search: async () => (await import('./SearchScreen')).SearchScreen,
  thread: loadThread,
  opening: loadThread,
};

/** Fetches what most will want next. Nobody waits for it, so it does not matter where it fails. */
export function fetchAhead(): void {
  void Promise.all([loadThread(), needPart('more'), import('./inside')]).catch(() => undefined);
}

/** A place as a component, ready to be drawn. Rejects where something of it could not be fetched. */
export async function roomOf(kind: Place['kind'], widget: Widget): Promise<Room> {
  const [Part] = await Promise.all([LOADS[kind](), needPart('more'), widget.enter()]);
  return ({ place }) => (
    <Inside>
      <Part place={place} />
      <Toasts />
    </Inside>
  );
}
