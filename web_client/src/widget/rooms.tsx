/** The screens behind the first one, each with what it needs: its part, its sentences, the client. */
import type { ComponentType } from 'preact';

import { needPart } from '../i18n';
import '../i18n/more';
import '../i18n/disputes';
import '../i18n/reviews';
import { Toasts } from '../ui/parts/Toast';
import { Inside } from './Inside';
import { disputesOf } from './disputes/of';
import { tellOfNotices } from './notices/telling';
import { SignInScreen } from './SignInScreen';
import './rooms.css';
import type { Place, Widget } from './widget';

export { nothingYet } from './Nothing';

type Room = ComponentType<{ place: Place }>;

const loadThread = async (): Promise<Room> => (await import('./ThreadScreen')).ThreadScreen;

const LOADS: Readonly<Record<Place['kind'], () => Promise<Room>>> = {
  messages: async () => (await import('./Messages')).Messages,
  archive: async () => (await import('./ArchiveScreen')).ArchiveScreen,
  orders: async () => (await import('./OrdersScreen')).OrdersScreen,
  order: async () => (await import('./OrderScreen')).OrderScreen,
  notices: async () => (await import('./notices/NoticesScreen')).NoticesScreen,
  rate: async () => (await import('./reviews/RateScreen')).RateScreen,
  reviews: async () => (await import('./reviews/ReviewsScreen')).ReviewsScreen,
  write: async () => (await import('./reviews/WriteScreen')).WriteScreen,
  dispute: async () => (await import('./disputes/RoomScreen')).RoomScreen,
  disputing: async () => (await import('./disputes/DisputingScreen')).DisputingScreen,
  complaint: async () => (await import('./complaints/ComplaintScreen')).ComplaintScreen,
  complaining: async () => (await import('./complaints/ComplainingScreen')).ComplainingScreen,
  cases: async () => (await import('./cases/CasesScreen')).CasesScreen,
  merge: async () => (await import('./help/MergeScreen')).MergeScreen,
  search: async () => (await import('./SearchScreen')).SearchScreen,
  thread: loadThread,
  opening: loadThread,
};

/**
 * Fetches what most will want next, and what would be missed without a network: browsers remember of a part that it could
 * not be fetched. Nobody waits for it, so it does not matter where it fails.
 */
export function fetchAhead(): void {
  const parts = [loadThread(), LOADS.messages(), needPart('more'), needPart('reviews'), needPart('disputes'), import('./inside'), import('./help/HelpCard')];
  void Promise.all(parts).catch(() => undefined);
}

/** A place as a component, ready to be drawn. Rejects where something of it could not be fetched. */
export async function roomOf(kind: Place['kind'], widget: Widget): Promise<Room> {
  const [Part] = await Promise.all([LOADS[kind](), needPart('more'), needPart('reviews'), needPart('disputes'), widget.enter()]);
  tellOfNotices(widget);
  // Whatever is shown, the host page is told of disputes that move.
  disputesOf(widget);
  fetchAhead();
  return ({ place }) =>
    isBuyers(place) && widget.isGuest.value ? (
      <SignInScreen place={place} />
    ) : (
      <Inside>
        <Part place={place} />
        <Toasts />
      </Inside>
    );
}

const BUYERS: ReadonlySet<Place['kind']> = new Set([
  'orders', 'order', 'notices', 'rate', 'reviews', 'write', 'dispute', 'disputing', 'complaint', 'complaining', 'cases',
]);

/** Whether a place is of no use to who is not signed in. */
function isBuyers(place: Place): boolean {
  return BUYERS.has(place.kind) || (place.kind === 'opening' && place.ask === undefined && place.support === undefined);
}
