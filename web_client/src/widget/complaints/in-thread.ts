/** What a conversation with a shop knows of complaints: whether to ask for one, and how the one that there is stands. */
import { useEffect, useState } from 'preact/hooks';

import type { ComplaintView } from '../../protocol/generated';
import type { Thread } from '../../state/model';
import { useClient } from '../../ui/client';
import { useNow } from '../../ui/parts/RelativeTime';
import { useComplaints } from './of';
import { DAY_MS, hasWaited, isShown, isWithShop, tellsOfComplaint, waitsSince } from './waits';

export interface InThread {
  /** For how many days nobody has answered; null where no complaint may be made. */
  days: number | null;
  complaint: ComplaintView | undefined;
}

export function useComplaintsIn(thread: Thread | undefined): InThread {
  const client = useClient();
  const mine = useComplaints();
  useNow();
  const now = client.now();
  const known = thread !== undefined && isWithShop(thread) ? thread : undefined;
  const isOpen = client.connection.value.kind === 'open';

  const isTold = known !== undefined && tellsOfComplaint(known);
  useEffect(() => {
    if (isTold && isOpen) void mine.refresh();
  }, [mine, isTold, isOpen]);
  const found = known === undefined ? undefined : mine.ofThread(known.view.id);
  const complaint = found !== undefined && isShown(found, now) ? found : undefined;

  const since = known === undefined ? null : waitsSince(known);
  const isLate = since !== null && hasWaited(since, now) && complaint === undefined;
  const waited = useWaited(known?.view.id, isLate ? since : null);
  return { days: isLate && waited !== null ? Math.floor(waited / DAY_MS) : null, complaint };
}

/** How long the server says that a conversation has waited; null where it allows no complaint, or `since` is null. */
function useWaited(thread: string | undefined, since: number | null): number | null {
  const mine = useComplaints();
  const [waited, setWaited] = useState<number | null>(null);
  useEffect(() => {
    let isHere = true;
    setWaited(null);
    if (thread === undefined || since === null) return undefined;
    mine.api.options(thread).then(
      ({ allowed, reason, waited_ms: ms = 0 }) => {
        // Its beginning stands farther up than what was fetched.
        if (reason === 'open') void mine.refresh();
        if (isHere) setWaited(allowed ? ms : null);
      },
      () => undefined,
    );
    return () => {
      isHere = false;
    };
  }, [mine, thread, since]);
  return waited;
}
