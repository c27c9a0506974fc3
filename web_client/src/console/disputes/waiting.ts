/** How much waits for mediators, whichever room is open. */
import type { ComplaintQueue, DocketPage } from '../../protocol/generated';
import type { ConsoleApi } from '../../services/console';
import { Polled } from './polled';

const EVERY_MS = 30_000;

interface Waiting {
  readonly cases: Polled<DocketPage>;
  readonly complaints: Polled<ComplaintQueue>;
}

const known = new WeakMap<ConsoleApi, Waiting>();

/** The one watch of a page. */
export function waitingOf(api: ConsoleApi): Waiting {
  const found = known.get(api) ?? {
    cases: new Polled(() => api.docket('mediation'), EVERY_MS),
    complaints: new Polled(() => api.complaints('review'), EVERY_MS),
  };
  known.set(api, found);
  return found;
}

/** Cases that somebody has to decide, and refunds that somebody has to look after. */
export function casesWaiting(page: DocketPage | null): number {
  return (page?.counts['mediation'] ?? 0) + (page?.counts['refunds'] ?? 0);
}

export function complaintsWaiting(queue: ComplaintQueue | null): number {
  return queue?.counts['review'] ?? 0;
}
