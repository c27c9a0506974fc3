/** Keeps one's cases as they are: looks again where a notice names one, where something happens in its thread, and after what was missed. */
import { effect, untracked } from '@preact/signals';

import type { Notice, ThreadView } from '../../protocol/generated';
import { insist } from '../../services/insist';
import type { Lobby } from '../../state/lobby';
import type { Case, MyCases } from '../../ui/disputes/my-cases';
import { onOpen } from '../on-open';

interface Named {
  /** The case that a notice is about. */
  byNotice: (notice: Notice) => string | undefined;
  /** The case that goes on in a thread. */
  byThread: (view: ThreadView) => string | undefined;
}

export function follow<View extends Case>(lobby: Lobby, mine: MyCases<View>, { byNotice, byThread }: Named): void {
  const look = (id: string | undefined): void => {
    if (id !== undefined) insist(() => mine.look(id, true)).catch(() => undefined);
  };
  lobby.listen({
    noticed: (notice) => {
      if (notice.shop_id === undefined) look(byNotice(notice));
    },
  });
  const seen = new Map<string, number>();
  effect(() => {
    const { threads } = lobby.chat.value;
    untracked(() => {
      for (const { view } of threads.values()) {
        const before = seen.get(view.id);
        seen.set(view.id, view.last_seq);
        if (before !== undefined && before < view.last_seq) look(byThread(view));
      }
    });
  });
  onOpen(lobby, () => void mine.renew());
}
