/** Something that is asked for once: on its way, refused, or there; and how to ask for it again. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

import { refusalOf, type Refusal } from '../../protocol/refusal';

export interface Found<Thing> {
  /** Null until it is there. */
  readonly thing: Thing | null;
  readonly refusal: Refusal | null;
  readonly again: () => void;
  /** What it has become. */
  readonly put: (thing: Thing) => void;
}

/** `ask` must stay the same function for the same thing. */
export function useFound<Thing>(ask: () => Promise<Thing>): Found<Thing> {
  const [thing, setThing] = useState<Thing | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const turn = useRef<object | null>(null);

  const again = useCallback(() => {
    const mine = (turn.current = {});
    setRefusal(null);
    ask().then(
      (found) => {
        if (turn.current === mine) setThing(found);
      },
      (thrown: unknown) => {
        if (turn.current === mine) setRefusal(refusalOf(thrown));
      },
    );
  }, [ask]);

  useEffect(() => {
    setThing(null);
    again();
    return () => {
      turn.current = null;
    };
  }, [again]);

  return { thing, refusal, again, put: setThing };
}
