/** A list that comes page by page as somebody scrolls. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

import { refusalOf, type Refusal } from '../protocol/refusal';

export interface Pages<Item> {
  /** Null until the first page is there. */
  items: readonly Item[] | null;
  refusal: Refusal | null;
  onScroll: (event: Event) => void;
  /** Tries again after a refusal, or begins anew. */
  again: () => void;
  /** Replaces what is shown. */
  change: (change: (items: readonly Item[]) => readonly Item[]) => void;
}

/** So near the end the next page is fetched. */
const FETCH_PX = 600;

/** `load` gets the place where a page begins, empty for the first; its identity says what the list is of. */
export function usePages<Item>(load: (before: string) => Promise<{ items: readonly Item[]; next: string }>): Pages<Item> {
  const [items, setItems] = useState<readonly Item[] | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const next = useRef<string | null>('');
  const busy = useRef<object | null>(null);

  const more = useCallback(async () => {
    const before = next.current;
    if (before === null || busy.current !== null) return;
    const mine = {};
    busy.current = mine;
    try {
      const page = await load(before);
      if (busy.current !== mine) return;
      next.current = page.next === '' ? null : page.next;
      setItems((held) => [...(before === '' ? [] : (held ?? [])), ...page.items]);
      setRefusal(null);
    } catch (thrown) {
      if (busy.current === mine) setRefusal(refusalOf(thrown));
    } finally {
      if (busy.current === mine) busy.current = null;
    }
  }, [load]);

  const again = useCallback(() => {
    next.current = '';
    busy.current = null;
    setRefusal(null);
    setItems(null);
    void more();
  }, [more]);

  useEffect(again, [again]);

  const onScroll = (event: Event): void => {
    const place = event.currentTarget as HTMLElement;
    if (place.scrollHeight - place.clientHeight - place.scrollTop < FETCH_PX) void more();
  };
  const change = useCallback((changed: (items: readonly Item[]) => readonly Item[]) => {
    setItems((held) => (held === null ? null : changed(held)));
  }, []);

  return { items, refusal, onScroll, again, change };
}
