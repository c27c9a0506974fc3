/** What became of a shop's ratings, section by section and page by page. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

import type { RatingExplained } from '../../protocol/generated';
import { refusalOf, type Refusal } from '../../protocol/refusal';
import { tellRefusal } from '../../ui/refusals';
import { useDesk } from '../desk-context';
import { grown, linesOf, type Line, type Section } from './explained';

interface Held {
  /** Null until the first page is there. */
  readonly lines: readonly Line[] | null;
  /** Where the next page begins; empty at the end. */
  readonly next: string;
  /** Of the first page; without a later one what is there stays. */
  readonly refusal: Refusal | null;
  /** Whether a later page is on its way. */
  readonly isPaging: boolean;
}

export interface Told extends Held {
  again: () => void;
  more: () => void;
}

const NOTHING: Held = { lines: null, next: '', refusal: null, isPaging: false };

/** `onFound` gets each answer, for the figure that comes with every page. */
export function useTold(shop: string, section: Section, onFound: (found: RatingExplained) => void): Told {
  const { api } = useDesk().reviews;
  const [held, setHeld] = useState(NOTHING);
  const turn = useRef({});

  const fetch = useCallback(
    async (before: string) => {
      const mine = (turn.current = {});
      try {
        const found = await api.explained(shop, { show: section, before });
        if (turn.current !== mine) return;
        onFound(found);
        setHeld(({ lines }) => ({ lines: grown(before === '' ? [] : (lines ?? []), linesOf(found.ratings)), next: found.next ?? '', refusal: null, isPaging: false }));
      } catch (thrown) {
        if (turn.current !== mine) return;
        if (before === '') {
          setHeld({ ...NOTHING, refusal: refusalOf(thrown) });
          return;
        }
        tellRefusal(thrown);
        setHeld((there) => ({ ...there, isPaging: false }));
      }
    },
    [api, shop, section, onFound],
  );

  const again = useCallback(() => {
    setHeld(NOTHING);
    void fetch('');
  }, [fetch]);

  useEffect(() => {
    again();
    return () => {
      turn.current = {};
    };
  }, [again]);

  const more = (): void => {
    setHeld((there) => ({ ...there, isPaging: true }));
    void fetch(held.next);
  };

  return { ...held, again, more };
}
