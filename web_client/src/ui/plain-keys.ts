/** What the keys mean that every list of conversations has. */
import type { Signal } from '@preact/signals';

import type { Finding } from '../state/finding';
import type { Places } from './places';
import { isField } from './use-keyboard';

export type PlainAction = 'next' | 'previous' | 'search' | 'help' | 'back';

interface KeyedDesk extends Places {
  readonly finding: Finding<unknown>;
  readonly window: Signal<unknown>;
}

export function performPlain(desk: KeyedDesk, action: PlainAction, target: EventTarget | null): void {
  switch (action) {
    case 'next':
      desk.step(1);
      break;
    case 'previous':
      desk.step(-1);
      break;
    case 'search':
      desk.finding.wish.value += 1;
      break;
    case 'help':
      desk.window.value = 'help';
      break;
    case 'back':
      back(desk, target);
  }
}

/** Out of the field first, out of what was found then, out of the conversation at last. */
function back(desk: KeyedDesk, target: EventTarget | null): void {
  if (isField(target)) target.blur();
  else if (desk.finding.isOn) desk.finding.clear();
  else desk.leave();
}
