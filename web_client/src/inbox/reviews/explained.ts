/** The ratings of a shop as its figure takes them: groups that count, what merged into them, and what was left out. Pure. */
import type { CountedRating, RatingCounts } from '../../protocol/generated';

export type Tone = 'positive' | 'neutral' | 'negative';

/** One line of the explanation. */
export type Line =
  | { readonly kind: 'counted'; readonly rating: CountedRating; readonly tone: Tone; readonly stars: number; readonly merged: number }
  | { readonly kind: 'merged'; readonly rating: CountedRating; readonly opener: CountedRating | undefined }
  | { readonly kind: 'excluded'; readonly rating: CountedRating };

/** Six months, what counts in the score alone, and what does not count: lists of their own, page by page. */
export type Section = 'window' | 'earlier' | 'excluded';

export const SECTIONS = ['window', 'earlier', 'excluded'] as const satisfies readonly Section[];

export function toneOf(stars: number): Tone {
  if (stars >= 4) return 'positive';
  return stars === 3 ? 'neutral' : 'negative';
}

/** The lines of a page. What merged stands under what it merged into: no page parts them. */
export function linesOf(ratings: readonly CountedRating[]): Line[] {
  const openers = new Map(ratings.map((rating) => [rating.review_id, rating]));
  const merged = new Map<string | undefined, number>();
  for (const { opener } of ratings) merged.set(opener, (merged.get(opener) ?? 0) + 1);
  return ratings.map((rating): Line => {
    if (rating.fate === 'excluded') return { kind: 'excluded', rating };
    if (rating.fate === 'merged') return { kind: 'merged', rating, opener: openers.get(rating.opener ?? '') };
    const stars = rating.group_stars ?? rating.stars;
    return { kind: 'counted', rating, tone: toneOf(stars), stars, merged: merged.get(rating.review_id) ?? 0 };
  });
}

/** With one more page. What moved meanwhile and comes once more stays where it was. */
export function grown(lines: readonly Line[], page: readonly Line[]): Line[] {
  const held = new Set(lines.map(({ rating }) => rating.review_id));
  return [...lines, ...page.filter(({ rating }) => !held.has(rating.review_id))];
}

/** How many lines that count, or do not, a section has in all. */
export function sizeOf(section: Section, { window, earlier, refunded, annulled }: RatingCounts): number {
  return { window, earlier, excluded: refunded + annulled }[section];
}
