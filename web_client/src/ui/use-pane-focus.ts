/** On a phone one pane covers the other: the focus goes with it, and comes back to the row that it left. */
import { useEffect, useRef } from 'preact/hooks';

import type { Places } from './places';

/** `#conversation` is the pane of the open conversation. */
export function usePaneFocus(desk: Places, isNarrow: boolean): void {
  const id = desk.place.value?.id ?? null;
  const before = useRef(id);

  useEffect(() => {
    const left = before.current;
    before.current = id;
    if (!isNarrow || left === id) return;
    const to = id === null ? `a[href="#/t/${left ?? ''}"]` : '#conversation';
    document.querySelector<HTMLElement>(to)?.focus({ preventScroll: true });
  }, [isNarrow, id]);
}
