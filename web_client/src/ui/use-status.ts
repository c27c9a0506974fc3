/** Whether people of support answer now; asked again when that is going to change. */
import { useEffect, useState } from 'preact/hooks';

import type { SupportStatus } from '../protocol/generated';

export type AskStatus = () => Promise<SupportStatus>;

/** After a failure, and never more often than this: this device's clock may be fast. */
const AGAIN_MS = 30_000;

/** No timer counts further than 31 bits. */
const FARTHEST_MS = 2 ** 31 - 1;

/** Null until it is known. `ask` must stay the same function; while it is null nothing is asked, and what was known stays. */
export function useStatus(ask: AskStatus | null): SupportStatus | null {
  const [status, setStatus] = useState<SupportStatus | null>(null);

  useEffect(() => {
    if (ask === null) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isHere = true;
    const again = (ms: number): void => {
      timer = setTimeout(() => void look(), Math.min(Math.max(ms, AGAIN_MS), FARTHEST_MS));
    };
    const look = async (): Promise<void> => {
      const found = await ask().catch(() => null);
      if (!isHere) return;
      if (found !== null) setStatus(found);
      const at = found === null ? 0 : changesAt(found);
      if (at !== null) again(at - Date.now());
    };
    void look();
    return () => {
      isHere = false;
      clearTimeout(timer);
    };
  }, [ask]);

  return status;
}

/** When it stops being true; null where nobody knows of such a time. */
function changesAt({ open, next_opening: opening, next_closing: closing }: SupportStatus): number | null {
  return (open ? closing : opening) ?? null;
}
