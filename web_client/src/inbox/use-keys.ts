/** Keys of the whole page, turned into what they do. */
import { tellRefusal } from '../ui/refusals';
import { isField, useKeyboard } from '../ui/use-keyboard';
import { WIDE } from '../ui/use-media';
import { archiveOpen, muteOpen } from './archive';
import type { Desk } from './desk';
import { useDesk } from './desk-context';
import type { Group } from './groups';
import { TABLES, type Action } from './keys';
import { preferences } from './preferences';

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
  switch (action) {
    case 'next':
      desk.step(1);
      break;
    case 'previous':
      desk.step(-1);
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
    case 'search':
      desk.searches.value += 1;
      break;
    case 'details':
      desk.toggleDetails(matchMedia(WIDE).matches);
      break;
    case 'help':
      desk.window.value = 'help';
      break;
    case 'back':
      back(desk, event.target);
  }
}

function isGroupAction(action: Action): action is `group:${Group}` {
  return action.startsWith('group:');
}

function focusComposer(): void {
  document.querySelector<HTMLTextAreaElement>('.composer textarea')?.focus();
}

/** Out of the field first, out of the conversation then. */
function back(desk: Desk, target: EventTarget | null): void {
  if (isField(target)) target.blur();
  else if (desk.finding.value.kind !== 'none') desk.clearSearch();
  else desk.leave();
}
