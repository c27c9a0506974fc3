/** How long to stay away before coming back: full jitter, so that many who lost the same server do not return as one. */

export const BACKOFF = { firstMs: 500, mostMs: 30_000 } as const;

/** Milliseconds before try number `attempt` (from 0). `random` is from [0, 1). */
export function backoff(attempt: number, random: number): number {
  const ceiling = Math.min(BACKOFF.mostMs, BACKOFF.firstMs * 2 ** Math.min(attempt + 2, 10));
  return Math.round(BACKOFF.firstMs + random * (ceiling - BACKOFF.firstMs));
}
