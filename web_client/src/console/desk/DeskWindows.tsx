/** What opens above the desk. */
import type { JSX } from 'preact';

import type { RoomProps } from '../rooms';
import { useDesk } from './desk-context';
import { DeskSettings } from './DeskSettings';
import { GiveDialog } from './GiveDialog';
import { KeysDialog } from './KeysDialog';
import { Palette } from './Palette';
import { SnoozeDialog } from './SnoozeMenu';

export function DeskWindows(props: RoomProps): JSX.Element | null {
  const desk = useDesk();
  const row = desk.open.value;
  const window = desk.window.value;
  const close = (): void => {
    desk.window.value = null;
  };
  switch (window) {
    case 'help':
      return <KeysDialog onClose={close} />;
    case 'settings':
      return <DeskSettings onClose={close} />;
    case 'palette':
      return <Palette {...props} onClose={close} />;
    case 'assign':
    case 'transfer':
      return row === null ? null : <GiveDialog key={window} row={row} kind={window} onClose={close} />;
    case 'snooze':
      return row === null ? null : <SnoozeDialog row={row} onClose={close} />;
    case null:
      return null;
  }
}
