/** Openings by what became of them in the figure. Pure. */
import type { CountedOpening } from '../../protocol/generated';

export const SECTIONS = ['counted', 'waiting', 'left_out'] as const;

export type Section = (typeof SECTIONS)[number];

export const FATES: Readonly<Record<CountedOpening['fate'], Section>> = {
  in_time: 'counted',
  late: 'counted',
  unanswered: 'counted',
  waiting: 'waiting',
  withdrawn: 'left_out',
  spam: 'left_out',
};

export function openingsIn(section: Section, openings: readonly CountedOpening[]): CountedOpening[] {
  return openings.filter(({ fate }) => FATES[fate] === section);
}
