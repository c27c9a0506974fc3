/** Keys of the whole page, turned into what they mean on this screen. */
import { useLayoutEffect, useRef } from 'preact/hooks';

import { PREFIX_MS, readKey, type KeyTables } from './keys';

export interface KeyboardParts<Action extends string> {
  /** The same tables each time. */
  tables: KeyTables<Action>;
  /** Asked with each press: single keys may be turned off. */
  areKeysOn: () => boolean;
  perform: (action: Action, event: KeyboardEvent) => void;
}

export function useKeyboard<Action extends string>(parts: KeyboardParts<Action>): void {
  const now = useRef(parts);
  now.current = parts;
  // Before it is painted: who sees the screen may press at once.
  useLayoutEffect(() => {
    let prefixedAt = -Infinity;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || isElsewhere()) return;
      const { tables, areKeysOn, perform } = now.current;
      const press = {
        key: event.key,
        code: event.code,
        hasModifier: event.ctrlKey || event.metaKey || event.altKey,
        isInField: isField(event.target),
      };
      const action = readKey(press, tables, event.timeStamp - prefixedAt < PREFIX_MS, areKeysOn());
      prefixedAt = action === 'prefix' ? event.timeStamp : -Infinity;
      if (action === null || action === 'prefix') return;
      event.preventDefault();
      perform(action, event);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}

/** A dialog or a menu has keys of its own. */
export function isElsewhere(): boolean {
  return document.querySelector('dialog[open], [role="menu"]') !== null;
}

export function isField(target: EventTarget | null): target is HTMLElement {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable="true"]');
}
