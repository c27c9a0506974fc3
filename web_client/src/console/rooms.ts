/** What a room of the console is given. */
import type { MessageKey } from '../i18n';

export interface RoomName {
  readonly id: string;
  readonly title: MessageKey;
}

export interface RoomProps {
  /** False for a room that goes on while another one is shown. */
  isShown: boolean;
  /** All that this person may enter. */
  rooms: readonly RoomName[];
  go: (room: string) => void;
}
