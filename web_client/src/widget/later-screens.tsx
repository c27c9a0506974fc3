/** Screens that are fetched when somebody goes there, with their sentences. */
import type { ComponentType, JSX } from 'preact';

import { needPart, t } from '../i18n';
import { Later } from '../ui/Later';
import { SkeletonRows } from '../ui/parts/Skeleton';
import type { Screen } from './widget';

type TopProps = { screen: Screen };

async function withWords<Part>(part: Promise<Part>): Promise<Part> {
  const [loaded] = await Promise.all([part, needPart('more')]);
  return loaded;
}

const loadOrders = async (): Promise<ComponentType> => (await withWords(import('./OrdersScreen'))).OrdersScreen;
const loadOrder = async (): Promise<ComponentType<TopProps>> => (await withWords(import('./OrderScreen'))).OrderScreen;
const loadThread = async (): Promise<ComponentType<TopProps>> => (await withWords(import('./ThreadScreen'))).ThreadScreen;
const loadSearch = async (): Promise<ComponentType<TopProps>> => (await withWords(import('./SearchScreen'))).SearchScreen;
const loadArchive = async (): Promise<ComponentType<TopProps>> => (await import('./ArchiveScreen')).ArchiveScreen;

const LOADS: Readonly<Record<Screen['kind'], () => Promise<ComponentType<TopProps>>>> = {
  thread: loadThread,
  opening: loadThread,
  order: loadOrder,
  search: loadSearch,
  archive: loadArchive,
};

export function TopScreen({ screen }: TopProps): JSX.Element {
  return (
    <div class="screen screen-top">
      <Later key={screen.kind} load={LOADS[screen.kind]} props={{ screen }} />
    </div>
  );
}

export function OrdersTab(): JSX.Element {
  return <Later load={loadOrders} props={{}} meanwhile={<SkeletonRows label={t('common.loading')} />} />;
}

const loadToasts = async (): Promise<ComponentType> => (await import('../ui/parts/Toast')).Toasts;

/** Short words about what was done; there is nothing to do before a screen was opened. */
export function LaterToasts(): JSX.Element {
  return <Later load={loadToasts} props={{}} />;
}

/** Fetches the conversation's part while nobody waits for it. */
export function prefetch(): void {
  if ('requestIdleCallback' in window) requestIdleCallback(() => void loadThread().catch(() => undefined));
}
