/** Keys of the room of disputes, turned into what they do. */
import { useKeyboard } from '../../ui/use-keyboard';
import { preferences } from '../preferences';
import { useDocket } from './context';
import type { Docket } from './docket';
import { KEYS, type Action } from './keys';
import { standingOf, take } from './standing';

/** Where words to both are written. */
export const SAY_ID = 'case-say';

export function useKeys(): void {
  const docket = useDocket();
  useKeyboard({
    tables: KEYS,
    areKeysOn: () => preferences.value.keys,
    perform: (action, event) => {
      if (!event.repeat || action === 'next' || action === 'previous') perform(docket, action);
    },
  });
}

function perform(docket: Docket, action: Action): void {
  const opened = docket.case.value.value;
  switch (action) {
    case 'next':
    case 'previous':
      docket.step(action === 'next' ? 1 : -1);
      break;
    case 'keys':
      docket.window.value = 'keys';
      break;
    case 'back':
      back(docket);
      break;
    case 'take':
      if (opened !== null) take(docket, opened);
      break;
    case 'write':
      document.getElementById(SAY_ID)?.focus();
      break;
    case 'propose':
    case 'decide':
      if (opened !== null && standingOf(opened, docket.me) === 'mine') docket.writing.value = action;
  }
}

/** Out of what is written first, then out of the case. What was written stays. */
export function back(docket: Docket): void {
  if (docket.writing.value !== null) {
    docket.writing.value = null;
    docket.turn.value += 1;
  } else {
    docket.leave();
  }
}
