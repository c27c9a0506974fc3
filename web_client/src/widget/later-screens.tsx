/** Everything beyond the first screen: fetched when somebody goes there. */
import type { ComponentType, JSX } from 'preact';
import { useCallback } from 'preact/hooks';

import { t } from '../i18n';
import { Later } from '../ui/Later';
import { SkeletonRows } from '../ui/parts/Skeleton';
import type * as Rooms from './rooms';
import type { Place } from './widget';
import { useWidget } from './widget-context';

/** Resolves when the browser has nothing better to do. */
export function idle(): Promise<unknown> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(resolve);
    else setTimeout(resolve, 200);
  });
}

export const rooms = (): Promise<typeof Rooms> => import('./rooms');

/** Fetches the parts of a conversation while nobody waits for anything. */
export function fetchAhead(): void {
  void idle()
    .then(rooms)
    .then((found) => {
      found.fetchAhead();
    }, () => undefined);
}

/** Draws a place behind the first screen, once what it is made of is there. */
export function LaterScreen({ place }: { place: Place }): JSX.Element {
  const widget = useWidget();
  const load = useCallback(
    async (): Promise<ComponentType<{ place: Place }>> => (await rooms()).roomOf(place.kind, widget),
    [place.kind, widget],
  );
  return <Later key={place.kind} load={load} props={{ place }} meanwhile={<SkeletonRows label={t('common.loading')} />} />;
}
