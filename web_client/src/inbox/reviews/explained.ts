/** The ratings of a shop as its figure takes them: groups that count, what merged into them, and what was left out. Pure. */
import type { CountedRating } from '../../protocol/generated';

export type Tone = 'positive' | 'neutral' | 'negative';

/** One line of the explanation. */
export type Line =
  | { readonly kind: 'counted'; readonly rating: CountedRating; readonly tone: Tone; readonly stars: number; readonly merged: number }
  | { readonly kind: 'merged'; readonly rating: CountedRating; readonly opener: CountedRating | undefined }
  | { readonly kind: 'excluded'; readonly rating: CountedRating };

/** Six months, what counts in the score alone, and what does not count. */
export type Section = 'window' | 'earlier' | 'excluded';

export const SECTIONS = ['window', 'earlier', 'excluded'] as const satisfies readonly Section[];

export function toneOf(stars: number): Tone {
  if (stars >= 4) return 'positive';
  return stars === 3 ? 'neutral' : 'negative';
}

/** The lines of each section, groups newest first; what merged stands under what it merged into, oldest first. */
export function linesOf(ratings: readonly CountedRating[]): Record<Section, Line[]> {
  const members = new Map<string, CountedRating[]>();
  for (const rating of ratings) {
    if (rating.fate === 'merged') members.set(rating.opener ?? '', [rating, ...(members.get(rating.opener ?? '') ?? [])]);
  }
  const lines: Record<Section, Line[]> = { window: [], earlier: [], excluded: [] };
  for (const rating of ratings) {
    if (rating.fate === 'excluded') lines.excluded.push({ kind: 'excluded', rating });
    if (rating.fate === 'counted') lines[rating.in_window ? 'window' : 'earlier'].push(...groupOf(rating, members.get(rating.review_id) ?? []));
  }
  return lines;
}

function groupOf(opener: CountedRating, merged: readonly CountedRating[]): Line[] {
  const stars = opener.group_stars ?? opener.stars;
  return [
    { kind: 'counted', rating: opener, tone: toneOf(stars), stars, merged: merged.length },
    ...merged.map((rating): Line => ({ kind: 'merged', rating, opener })),
  ];
}
