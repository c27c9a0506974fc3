/** What the person who is here disputes: one list for all screens, another one for who comes after; the host page is told of what moves. */
import { effect, untracked } from '@preact/signals';

import { DisputesApi } from '../../services/disputes';
import { insist } from '../../services/insist';
import type { Lobby } from '../../state/lobby';
import { MyDisputes } from '../../ui/disputes/mine';
import { API, type Widget } from '../widget';
import { useWidget } from '../widget-context';

const known = new WeakMap<Lobby, MyDisputes>();

export function disputesOf(widget: Widget): MyDisputes {
  const lobby = widget.lobby.value;
  const held = lobby === null ? undefined : known.get(lobby);
  if (held !== undefined) return held;
  const mine = new MyDisputes(new DisputesApi(widget.auth, API), ({ id: dispute, order_id: order, state }) => {
    widget.embed.event('dispute:changed', { dispute, order, state });
  });
  if (lobby !== null) {
    known.set(lobby, mine);
    follow(lobby, mine);
  }
  return mine;
}

export function useDisputes(): MyDisputes {
  return disputesOf(useWidget());
}

/** Looks again when a notice of a dispute comes, or something happens in its thread. */
function follow(lobby: Lobby, mine: MyDisputes): void {
  const look = (id: string): void => {
    insist(() => mine.look(id, true)).catch(() => undefined);
  };
  lobby.listen({
    noticed: ({ dispute_id: id, shop_id: shop }) => {
      if (id !== undefined && shop === undefined) look(id);
    },
  });
  const seen = new Map<string, number>();
  effect(() => {
    for (const { view } of lobby.chat.value.threads.values()) {
      const { id, dispute_id: dispute, last_seq: last, my_side: side } = view;
      if (dispute === undefined || side !== 'customer') continue;
      const before = seen.get(id);
      seen.set(id, last);
      if (before !== undefined && before < last) untracked(() => { look(dispute); });
    }
  });
}
