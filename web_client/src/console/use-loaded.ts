/** What a room shows once it has come: the value, what went wrong, and asking again. */
import { useCallback, useEffect, useState } from 'preact/hooks';

import { refusalOf, type Refusal } from '../protocol/refusal';

export interface Loaded<Value> {
  value: Value | null;
  refusal: Refusal | null;
  reload: () => void;
}

/** `load` must keep its identity while what it loads is the same; of two answers only the newer counts. */
export function useLoaded<Value>(load: () => Promise<Value>): Loaded<Value> {
  const [value, setValue] = useState<Value | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    let isHere = true;
    load().then(
      (found) => {
        if (!isHere) return;
        setValue(found);
        setRefusal(null);
      },
      (thrown: unknown) => {
        if (isHere) setRefusal(refusalOf(thrown));
      },
    );
    return () => {
      isHere = false;
    };
  }, [load, turn]);

  const reload = useCallback(() => {
    setTurn((before) => before + 1);
  }, []);
  return { value, refusal, reload };
}
