/** One dispute or complaint as it stands: looked at anew at each connection, and when its time turns. */
import { useCallback, useEffect, useState } from 'preact/hooks';

import { refusalOf, type Refusal } from '../../protocol/refusal';
import { useClient } from '../../ui/client';
import type { Case, MyCases } from '../../ui/disputes/my-cases';
import { useTurn } from '../../ui/use-turn';

export interface Looked<View> {
  /** Undefined until it is there. */
  view: View | undefined;
  /** Why the last look failed. */
  refusal: Refusal | null;
  look: () => void;
}

/** `turnOf`: when time changes what may be done, by the server's clock; Infinity where it does not. */
export function useCase<View extends Case>(mine: MyCases<View>, id: string, turnOf: (view: View) => number): Looked<View> {
  const client = useClient();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const view = mine.all.value?.get(id);
  const look = useCallback(() => {
    mine.look(id).then(() => { setRefusal(null); }, (thrown: unknown) => { setRefusal(refusalOf(thrown)); });
  }, [mine, id]);
  useEffect(look, [look, client.connection.value.kind === 'open']);
  useTurn(view === undefined ? Infinity : turnOf(view), look);
  return { view, refusal, look };
}
