/** Keys of the whole page, turned into what they do. */
import { useEffect } from 'preact/hooks';

import { tellRefusal } from '../ui/refusals';
import { archiveOpen, muteOpen } from './archive';
import type { Desk } from './desk';
import { useDesk } from './desk-context';
import type { Group } from './groups';
import { actionOf, PREFIX_MS, type Action } from './keys';
import { preferences } from './preferences';
import { WIDE } from './use-media';

export function useKeys(): void {
  const desk = useDesk();
  useEffect(() => {
    let prefixedAt = -Infinity;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || isElsewhere()) return;
      const press = {
        key: event.key,
        code: event.code,
        hasModifier: event.ctrlKey || event.metaKey || event.altKey,
        isInField: isField(event.target),
      };
      const action = actionOf(press, event.timeStamp - prefixedAt < PREFIX_MS, preferences.value.keys);
      prefixedAt = action === 'prefix' ? event.timeStamp : -Infinity;
      if (action === null || action === 'prefix') return;
      event.preventDefault();
      perform(desk, action, event);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [desk]);
}

/** A dialog or a menu has keys of its own. */
function isElsewhere(): boolean {
  return document.querySelector('dialog[open], [role="menu"]') !== null;
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable="true"]');
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
  if (isField(target)) (target as HTMLElement).blur();
  else if (desk.finding.value.kind !== 'none') desk.clearSearch();
  else desk.leave();
}
