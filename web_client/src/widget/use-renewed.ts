/** What happened while nobody listened was told to nobody: a list's beginning is looked at again each time that the connection opens. */
import { useEffect, useRef } from 'preact/hooks';

import { useClient } from '../ui/client';
import type { Pages } from '../ui/use-pages';

interface Known {
  id: string;
}

/** `load` as the pages have it. What is shown stays until the other is there, and where that does not come. */
export function useRenewed<Item extends Known>({ refusal, again, change }: Pages<Item>, load: (before: string) => Promise<{ items: readonly Item[] }>): void {
  const isOpen = useClient().connection.value.kind === 'open';
  const wasOpen = useRef(isOpen);

  useEffect(() => {
    const opens = isOpen && !wasOpen.current;
    wasOpen.current = isOpen;
    if (!opens) return;
    if (refusal !== null) {
      again();
      return;
    }
    const show = ({ items }: { items: readonly Item[] }): void => {
      const fresh = new Set(items.map(({ id }) => id));
      change((held) => [...items, ...held.filter(({ id }) => !fresh.has(id))]);
    };
    load('').then(show, () => undefined);
  }, [isOpen, refusal, again, change, load]);
}
