/** How the shop did: three ratings of the order, all or none. */
import type { RateOrder } from '../../protocol/generated';

export const DETAILS = ['described', 'communication', 'shipping'] as const;

export type DetailStars = Partial<RateOrder>;

/** All three, where all are given. */
export function wholeDetails(details: DetailStars): RateOrder | null {
  const { described, communication, shipping } = details;
  if (described === undefined || communication === undefined || shipping === undefined) return null;
  return { described, communication, shipping };
}

/** Whether some are given and some are missing. */
export function isHalf(details: DetailStars): boolean {
  return Object.keys(details).length > 0 && wholeDetails(details) === null;
}

/** As a draft keeps them. */
export function keptDetails(details: DetailStars): Record<string, string> {
  return Object.fromEntries(Object.entries(details).map(([kind, stars]) => [kind, String(stars)]));
}

/** What `keptDetails` made. */
export function detailsIn(form: Readonly<Record<string, string>>): DetailStars {
  const found: DetailStars = {};
  for (const kind of DETAILS) {
    const stars = Number(form[kind] ?? 0);
    if (stars >= 1 && stars <= 5) found[kind] = stars;
  }
  return found;
}
