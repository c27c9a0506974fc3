/** What the person who is here complains about: one list for all screens, another one for who comes after. */
import { ComplaintsApi } from '../../services/complaints';
import type { Lobby } from '../../state/lobby';
import { MyComplaints } from '../../ui/complaints/mine';
import { isOver } from '../../ui/complaints/words';
import { follow } from '../cases/follow';
import { API, type Widget } from '../widget';
import { useWidget } from '../widget-context';

const known = new WeakMap<Lobby, MyComplaints>();

export function complaintsOf(widget: Widget): MyComplaints {
  const lobby = widget.lobby.value;
  const held = lobby === null ? undefined : known.get(lobby);
  if (held !== undefined) return held;
  const mine = new MyComplaints(new ComplaintsApi(widget.auth, API));
  if (lobby !== null) {
    known.set(lobby, mine);
    follow(lobby, mine, {
      byNotice: (notice) => notice.complaint_id,
      byThread: ({ id }) => {
        const complaint = mine.ofThread(id);
        return complaint === undefined || isOver(complaint) ? undefined : complaint.id;
      },
    });
  }
  return mine;
}

export function useComplaints(): MyComplaints {
  return complaintsOf(useWidget());
}
