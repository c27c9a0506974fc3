/** Keys of the room of complaints, turned into what they do. */
import { useKeyboard } from '../../ui/use-keyboard';
import { preferences } from '../preferences';
import type { Complaints } from './complaints';
import { useComplaints } from './context';
import { KEYS, type Action } from './keys';

export function useKeys(): void {
  const room = useComplaints();
  useKeyboard({
    tables: KEYS,
    areKeysOn: () => preferences.value.keys,
    perform: (action, event) => {
      if (!event.repeat || action === 'next' || action === 'previous') perform(room, action);
    },
  });
}

function perform(room: Complaints, action: Action): void {
  switch (action) {
    case 'next':
    case 'previous':
      room.step(action === 'next' ? 1 : -1);
      break;
    case 'keys':
      room.window.value = 'keys';
      break;
    case 'back':
      back(room);
      break;
    case 'uphold':
    case 'reject':
      if (room.open.value?.acts.includes(action) === true) room.deciding.value = action;
  }
}

/** Out of the decision first, then out of the complaint. */
export function back(room: Complaints): void {
  if (room.deciding.value === null) room.leave();
  else room.deciding.value = null;
  room.turn.value += 1;
}
