/** Keys of the whole room, turned into what they do. */
import { useLayoutEffect } from 'preact/hooks';

import type { ListName } from '../../state/desk-lists';
import { performPlain } from '../../ui/plain-keys';
import { isElsewhere, useKeyboard } from '../../ui/use-keyboard';
import { WIDE } from '../../ui/use-media';
import { prefer, preferences } from '../preferences';
import type { Desk } from './desk';
import { useDesk } from './desk-context';
import { TABLES, type Action } from './keys';
import { claim, isMine, resolve } from './moves';

export function useKeys(): void {
  const desk = useDesk();
  useKeyboard({
    tables: TABLES,
    areKeysOn: () => preferences.value.keys,
    perform: (action, event) => {
      perform(desk, action, event);
    },
  });

  // Not a single key: it works everywhere, and while somebody writes.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isPalette = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.code === 'KeyK';
      if (!isPalette || isElsewhere()) return;
      event.preventDefault();
      desk.window.value = 'palette';
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [desk]);
}

export function perform(desk: Desk, action: Action, event?: KeyboardEvent): void {
  const row = desk.open.value;
  if (isListAction(action)) {
    desk.pick(action.slice('list:'.length) as ListName);
    return;
  }
  switch (action) {
    case 'reply':
    case 'note':
      if (row !== null) desk.write(action);
      break;
    case 'resolve':
      if (row !== null && row.state !== 'resolved' && row.state !== 'bot') void resolve(desk, row);
      break;
    case 'claim':
      if (row !== null && !isMine(desk, row)) void claim(desk, row);
      break;
    case 'assign':
    case 'transfer':
    case 'snooze':
      if (row !== null) desk.window.value = action;
      break;
    case 'details':
      toggleDetails(desk);
      break;
    case 'next':
    case 'previous':
    case 'search':
    case 'help':
    case 'back':
      performPlain(desk, action, event?.target ?? null);
  }
}

function isListAction(action: Action): action is `list:${ListName}` {
  return action.startsWith('list:');
}

/** Where there is room the customer stands beside the conversation, else above it. */
export function toggleDetails(desk: Desk): void {
  if (matchMedia(WIDE).matches) prefer({ details: !preferences.value.details });
  else desk.isPeeking.value = !desk.isPeeking.value;
}
