/** What the person who is here disputes: one list for all screens, another one for who comes after; the host page is told of what moves. */
import { DisputesApi } from '../../services/disputes';
import type { Lobby } from '../../state/lobby';
import { MyDisputes } from '../../ui/disputes/mine';
import { follow } from '../cases/follow';
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
    follow(lobby, mine, {
      byNotice: (notice) => notice.dispute_id,
      byThread: (view) => (view.my_side === 'customer' ? view.dispute_id : undefined),
    });
  }
  return mine;
}

export function useDisputes(): MyDisputes {
  return disputesOf(useWidget());
}
