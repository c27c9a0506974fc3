/** What the person who is here complains about: one list for all screens, another one for who comes after. */
import { effect, untracked } from '@preact/signals';

import { ComplaintsApi } from '../../services/complaints';
import { insist } from '../../services/insist';
import type { Lobby } from '../../state/lobby';
import { MyComplaints } from '../../ui/complaints/mine';
import { isOver } from '../../ui/complaints/words';
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
    follow(lobby, mine);
  }
  return mine;
}

export function useComplaints(): MyComplaints {
  return complaintsOf(useWidget());
}

/** Looks again when a notice of a complaint comes, or something happens in the conversation that an open one is about. */
function follow(lobby: Lobby, mine: MyComplaints): void {
  const look = (id: string): void => {
    insist(() => mine.look(id)).catch(() => undefined);
  };
  lobby.listen({
    noticed: ({ complaint_id: id, shop_id: shop }) => {
      if (id !== undefined && shop === undefined) look(id);
    },
  });
  const seen = new Map<string, number>();
  effect(() => {
    const { threads } = lobby.chat.value;
    untracked(() => {
      for (const { view } of threads.values()) {
        const before = seen.get(view.id);
        seen.set(view.id, view.last_seq);
        if (before === undefined || before === view.last_seq) continue;
        const complaint = mine.ofThread(view.id);
        if (complaint !== undefined && !isOver(complaint)) look(complaint.id);
      }
    });
  });
}
