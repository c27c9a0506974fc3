/**
 * Where a conversation stands: at its newest message it stays there whatever grows; older pages come in above
 * without moving what is being read.
 */
import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** So close to the end counts as being there. */
const NEAR_PX = 80;

/** So close to the edge the next page is fetched. */
const FETCH_PX = 400;

export interface ScrollParts {
  /** The first row's key: a new one means that an older page came in. */
  firstKey: string;
  /** The last row's key. */
  lastKey: string;
  onNearStart: () => void;
  onNearEnd: () => void;
}

export interface Scroll {
  box: RefObject<HTMLDivElement | null>;
  atEnd: boolean;
  toEnd: () => void;
  onScroll: () => void;
}

export function useScroll({ firstKey, lastKey, onNearStart, onNearEnd }: ScrollParts): Scroll {
  const box = useRef<HTMLDivElement>(null);
  const before = useRef({ firstKey: '', height: 0 });
  const sticks = useRef(true);
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = useCallback(() => {
    const place = box.current;
    if (place === null) return;
    sticks.current = true;
    place.scrollTop = place.scrollHeight;
    setAtEnd(true);
  }, []);

  const onScroll = (): void => {
    const place = box.current;
    if (place === null) return;
    const left = place.scrollHeight - place.clientHeight - place.scrollTop;
    // What has just grown has not been scrolled away from: the watcher below follows it.
    const isGrowing = place.scrollHeight !== before.current.height;
    sticks.current = left < NEAR_PX || (sticks.current && isGrowing);
    setAtEnd(sticks.current);
    if (place.scrollTop < FETCH_PX) onNearStart();
    if (left < FETCH_PX) onNearEnd();
  };

  // After each render with other rows: hold the end, or hold what is being read.
  useLayoutEffect(() => {
    const place = box.current;
    if (place === null) return;
    const grewAbove = before.current.firstKey !== '' && before.current.firstKey !== firstKey;
    if (sticks.current) place.scrollTop = place.scrollHeight;
    else if (grewAbove) place.scrollTop += place.scrollHeight - before.current.height;
    before.current = { firstKey, height: place.scrollHeight };
    // A page that does not fill the screen asks for the next at once.
    if (place.scrollHeight <= place.clientHeight + FETCH_PX) onNearStart();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- asks once per page, not per render
  }, [firstKey, lastKey]);

  useEffect(() => {
    const place = box.current;
    if (place === null || typeof ResizeObserver === 'undefined') return undefined;
    const watcher = new ResizeObserver(() => {
      if (sticks.current) place.scrollTop = place.scrollHeight;
      before.current.height = place.scrollHeight;
    });
    watcher.observe(place);
    for (const child of place.children) watcher.observe(child);
    return () => {
      watcher.disconnect();
    };
  }, []);

  return { box, atEnd, toEnd, onScroll };
}
