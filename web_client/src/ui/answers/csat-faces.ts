/** Five faces, from angry to glad. Shapes from Lucide (ISC): see docs/licences.md. */
import { icon, type IconPart } from '../parts/icons-first';

export const SCORES = [1, 2, 3, 4, 5] as const;

export type Score = (typeof SCORES)[number];

const ROUND = 'M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0';
const EYES = 'M9 9h.01M15 9h.01';

export const FACES: Readonly<Record<Score, IconPart>> = {
  1: icon(`${ROUND}M16 16s-1.5-2-4-2-4 2-4 2M7.5 8 10 9M14 9l2.5-1M9 10h.01M15 10h.01`),
  2: icon(`${ROUND}M16 16s-1.5-2-4-2-4 2-4 2${EYES}`),
  3: icon(`${ROUND}M8 15h8${EYES}`),
  4: icon(`${ROUND}M8 14s1.5 2 4 2 4-2 4-2${EYES}`),
  5: icon(`${ROUND}M18 13a6 6 0 0 1-6 5 6 6 0 0 1-6-5h12z${EYES}`),
};
