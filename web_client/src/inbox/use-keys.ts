/** Keys of the whole page, turned into what they do. */
import { performPlain } from '../ui/plain-keys';
import { tellRefusal } from '../ui/refusals';
import { useKeyboard } from '../ui/use-keyboard';
import { WIDE } from '../ui/use-media';
import { archiveOpen, muteOpen } from './archive';
import { focusComposer } from './composer';
import type { Desk } from './desk';
import { useDesk } from './desk-context';
import type { Group } from './groups';
import { TABLES, type Action } from './keys';
import { preferences } from './preferences';
import { performInRoom } from './perform';

export function useKeys(): void {
  const desk = useDesk();
  useKeyboard({
    tables: TABLES,
    areKeysOn: () => preferences.value.keys,
    perform: (action, event) => {
      perform(desk, action, event);
    },
  });
}

function perform(desk: Desk, action: Action, event: KeyboardEvent): void {
  if (isGroupAction(action)) {
    desk.pickGroup(action.slice('group:'.length) as Group);
    return;
  }
  if (performInRoom(desk, action, event.target)) return;
  switch (action) {
    case 'reviews':
      desk.reviews.visit({});
      break;
    case 'disputes':
      desk.disputes.visit({ shelf: 'disputes' });
      break;
    case 'figures':
      desk.figures.visit({});
      break;
    case 'notices':
      desk.window.value = 'notices';
      break;
    case 'reply':
      focusComposer();
      break;
    case 'archive':
      archiveOpen(desk).catch(tellRefusal);
      break;
    case 'mute':
      muteOpen(desk).catch(tellRefusal);
      break;
    case 'details':
      desk.toggleDetails(matchMedia(WIDE).matches);
      break;
    case 'next':
    case 'previous':
    case 'search':
    case 'help':
    case 'back':
      performPlain(desk, action, event.target);
  }
}

function isGroupAction(action: Action): action is `group:${Group}` {
  return action.startsWith('group:');
}
