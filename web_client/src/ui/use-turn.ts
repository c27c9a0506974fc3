/** Looks at something anew when its time has turned. */
import { useEffect } from 'preact/hooks';

import { useClient } from '../ui/client';

/** The server gets so long to notice that time has decided. */
const TURN_MS = 1_500;

/** Nobody looks at one screen for longer. */
const MOST_WAIT_MS = 24 * 3600 * 1000;

/** `at` by the server's clock; `look` is the same function each time. */
export function useTurn(at: number, look: () => void): void {
  const client = useClient();
  useEffect(() => {
    const wait = at - client.now() + TURN_MS;
    if (wait < 0 || wait > MOST_WAIT_MS) return undefined;
    const timer = setTimeout(look, wait);
    return () => {
      clearTimeout(timer);
    };
  }, [client, look, at]);
}
