/** Keys of the moderation room, turned into what they do. */
import { useLayoutEffect } from 'preact/hooks';

import { isElsewhere, isField } from '../../ui/use-keyboard';
import { preferences } from '../preferences';
import { useModeration } from './context';
import { actionOf, type Action } from './keys';
import { keyOf } from './lane';
import { REASONS, type Moderation, type Reason } from './moderation';

export function useKeys(mayHide: boolean): void {
  const room = useModeration();
  // Before it is painted: who sees the room may press at once.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || isElsewhere()) return;
      const press = {
        key: event.key,
        code: event.code,
        hasShift: event.shiftKey,
        hasModifier: event.ctrlKey || event.metaKey || event.altKey,
        isInField: isField(event.target),
        isOnControl: event.target instanceof Element && event.target.matches('button, a, summary'),
      };
      const action = actionOf(press, room.choosing.value !== null, preferences.value.keys);
      if (action === null || (event.repeat && action !== 'next' && action !== 'previous')) return;
      event.preventDefault();
      perform(room, action, mayHide);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [room, mayHide]);
}

function perform(room: Moderation, action: Action, mayHide: boolean): void {
  if (isReason(action)) {
    const reason = REASONS[Number(action.slice('reason:'.length)) - 1];
    if (reason !== undefined) choose(room, reason);
    return;
  }
  switch (action) {
    case 'next':
    case 'previous':
      room.step(action === 'next' ? 1 : -1);
      break;
    case 'undo':
      room.undo();
      break;
    case 'translate':
      room.translations.value += 1;
      break;
    case 'keys':
      room.window.value = 'keys';
      break;
    case 'back':
      back(room);
      break;
    case 'stand':
    case 'hide':
      if (room.tab.value === 'reported') performReported(room, action, mayHide);
      break;
    case 'publish':
    case 'refuse':
    case 'select':
    case 'publish_selected':
    case 'refuse_selected':
      if (room.tab.value === 'waiting') performWaiting(room, action);
  }
}

function isReason(action: Action): action is `reason:${number}` {
  return action.startsWith('reason:');
}

function performWaiting(room: Moderation, action: 'publish' | 'refuse' | 'select' | 'publish_selected' | 'refuse_selected'): void {
  const open = room.waiting.open.value;
  if (action === 'publish_selected') room.decide('publish', room.chosen.value);
  else if (action === 'refuse_selected') room.choosing.value = room.chosen.value.length > 0 ? 'refuse_selected' : null;
  else if (open === null) return;
  else if (action === 'publish') room.decide('publish', [open]);
  else if (action === 'refuse') room.choosing.value = 'refuse';
  else room.toggle(keyOf(open));
}

function performReported(room: Moderation, action: 'stand' | 'hide', mayHide: boolean): void {
  const open = room.reported.open.value;
  if (open === null) return;
  if (action === 'stand') room.decide('stand', [open]);
  else if (mayHide) room.choosing.value = 'hide';
}

/** The reason that was asked for. */
export function choose(room: Moderation, reason: Reason): void {
  const [choosing, open] = [room.choosing.value, room.lane.value.open.value];
  if (choosing === 'refuse_selected') room.decide('refuse', room.chosen.value, reason);
  else if (choosing !== null && open !== null) room.decide(choosing, [open], reason);
}

/** Out of the question for a reason first, then out of the selection, on a phone out of the card at last. */
export function back(room: Moderation): void {
  if (room.choosing.value !== null) {
    room.choosing.value = null;
    room.turn.value += 1;
  } else if (room.selected.value.size > 0) {
    room.selected.value = new Set();
  } else {
    room.isOpen.value = false;
  }
}
