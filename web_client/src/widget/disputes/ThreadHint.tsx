/** In the list of conversations: where the dispute stands that one is about. */
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import { DisputeState } from '../../ui/disputes/DisputeState';
import { useDisputes } from './of';

export function ThreadHint({ dispute }: { dispute: string }): JSX.Element | null {
  const mine = useDisputes();
  const view = mine.all.value?.get(dispute);
  const isKnown = view !== undefined;
  useEffect(() => {
    if (!isKnown) void mine.refresh();
  }, [mine, isKnown]);
  return view === undefined ? null : <DisputeState view={view} />;
}
