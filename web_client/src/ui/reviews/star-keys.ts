/** What the keys mean among five stars. */

/** How many stars a key chooses, where `now` are chosen (none: 0); null where it means nothing here. */
export function starsOfKey(key: string, now: number, isRightToLeft: boolean): number | null {
  if (/^[1-5]$/.test(key)) return Number(key);
  if (key === 'Home') return 1;
  if (key === 'End') return 5;
  const step = stepOf(key, isRightToLeft);
  if (step === 0) return null;
  // In a group of radios the arrows go round.
  return now === 0 ? (step > 0 ? 1 : 5) : ((now - 1 + step + 5) % 5) + 1;
}

function stepOf(key: string, isRightToLeft: boolean): -1 | 0 | 1 {
  if (key === 'ArrowUp') return 1;
  if (key === 'ArrowDown') return -1;
  if (key === 'ArrowRight') return isRightToLeft ? -1 : 1;
  if (key === 'ArrowLeft') return isRightToLeft ? 1 : -1;
  return 0;
}
