/** What was fetched while nobody listened may be old: each time that the connection opens, it is looked at again. */
import { effect, untracked } from '@preact/signals';

import type { Lobby } from '../state/lobby';

export function onOpen(lobby: Lobby, look: () => void): void {
  effect(() => {
    if (lobby.connection.value.kind === 'open') untracked(look);
  });
}
