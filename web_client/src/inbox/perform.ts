/** What the keys of the inbox mean while another room than that of the conversations is shown. */
import { isField } from '../ui/use-keyboard';
import { focusComposer } from './composer';
import type { Desk, Room } from './desk';
import type { Action } from './keys';

type Deed = (desk: Desk, target: EventTarget | null) => void;
type Deeds = Partial<Record<Action, Deed>>;

/** Here is no conversation that they could be about. */
const nothing: Deed = () => undefined;

/** Of all rooms. */
const COMMON: Deeds = {
  // Out of the field first, out of the room then.
  back: (desk, target) => {
    if (isField(target)) target.blur();
    else desk.leaveRoom();
  },
  // The field stands above the list of conversations.
  search: (desk) => {
    desk.leaveRoom();
    desk.finding.wish.value += 1;
  },
  next: nothing,
  previous: nothing,
  reply: nothing,
  archive: nothing,
  mute: nothing,
  details: nothing,
};

const DEEDS: Record<NonNullable<Room>, Deeds> = {
  reviews: {
    ...COMMON,
    next: ({ reviews }) => {
      reviews.step(1);
    },
    previous: ({ reviews }) => {
      reviews.step(-1);
    },
    reply: ({ reviews }) => {
      reviews.reply();
    },
  },
  disputes: {
    ...COMMON,
    next: ({ disputes }) => {
      disputes.step(1);
    },
    previous: ({ disputes }) => {
      disputes.step(-1);
    },
    reply: focusComposer,
    // Out of the field, out of the case, out of the room.
    back: (desk, target) => {
      if (isField(target)) target.blur();
      else if (!desk.disputes.close()) desk.leaveRoom();
    },
  },
  figures: COMMON,
};

/** Answers whether the room has a meaning for it; else it means what it means everywhere. */
export function performInRoom(desk: Desk, action: Action, target: EventTarget | null): boolean {
  const room = desk.room.peek();
  const deed = room === null ? undefined : DEEDS[room][action];
  deed?.(desk, target);
  return deed !== undefined;
}
