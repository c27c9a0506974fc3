/** Looks at something anew when its time has turned, however long the screen has stood open by then. */
import { useEffect } from 'preact/hooks';

import { useClient } from './client';

/** The server gets so long to notice that time has decided. */
const TURN_MS = 1_500;

/** The clock is asked at least so often: no timer counts a month, and none counts while the machine sleeps. */
const LONGEST_MS = 3600 * 1000;

/** `at` by the server's clock, or Infinity; `look` is the same function each time. */
export function useTurn(at: number, look: () => void): void {
  const client = useClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const left = (): number => at + TURN_MS - client.now();
    const wait = (): void => {
      timer = setTimeout(left() > LONGEST_MS ? wait : look, Math.min(left(), LONGEST_MS));
    };
    // What has turned before it came on the screen is looked at now.
    if (Number.isFinite(at)) wait();
    return () => {
      clearTimeout(timer);
    };
  }, [client, look, at]);
}
