/** On a phone one pane covers the other: the focus goes with it, and comes back to the row that it left. */
import { useEffect, useRef } from 'preact/hooks';

import { useDesk } from './desk-context';

export function useFocus(isNarrow: boolean): void {
  const desk = useDesk();
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
