/** What the host page is told of its reader's conversations with support. */
import { effect } from '@preact/signals';

import type { ThreadView } from '../protocol/generated';
import type { Embed } from '../services/embed';
import type { Lobby } from '../state/lobby';
import type { Thread } from '../state/model';
import { isSupport } from '../state/select';

type Told = Pick<Embed, 'event'>;

/** Goes on as long as the lobby does: its state changes no more when it is gone. */
export function tellOfSupport(lobby: Lobby, embed: Told): void {
  const states = new Map<string, ThreadView['state']>();
  const places = new Map<string, string>();

  const handedOff = ({ id, state }: ThreadView): void => {
    const before = states.get(id);
    states.set(id, state);
    // What waited already when this page came is no news.
    const isNews = before !== undefined && before !== state;
    if (isNews && (state === 'queued' || state === 'queued_offline')) embed.event('handoff', { thread: id, state });
  };
  const placed = ({ view: { id }, queue }: Thread): void => {
    const place = queue === null ? '' : `${String(queue.position)} ${String(queue.expectedMs)}`;
    if (queue !== null && places.get(id) !== place) embed.event('queue', { thread: id, ...queue });
    places.set(id, place);
  };
  effect(() => {
    for (const thread of lobby.chat.value.threads.values()) {
      if (!isSupport(thread.view)) continue;
      handedOff(thread.view);
      placed(thread);
    }
  });
  lobby.listen({
    rated: (thread, score) => {
      embed.event('rated', { thread, score });
    },
  });
}
