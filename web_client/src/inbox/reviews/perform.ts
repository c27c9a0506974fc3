/** What the keys of the inbox mean while the room of reviews is shown. */
import { isField } from '../../ui/use-keyboard';
import type { Desk } from '../desk';
import type { Action } from '../keys';

type Deed = (desk: Desk, target: EventTarget | null) => void;

/** Here is no conversation that they could be about. */
const nothing: Deed = () => undefined;

const DEEDS: Partial<Record<Action, Deed>> = {
  next: ({ reviews }) => {
    reviews.step(1);
  },
  previous: ({ reviews }) => {
    reviews.step(-1);
  },
  reply: ({ reviews }) => {
    reviews.reply();
  },
  // Out of the field first, out of the room then.
  back: (desk, target) => {
    if (isField(target)) target.blur();
    else desk.leaveReviews();
  },
  // The field stands above the list of conversations.
  search: (desk) => {
    desk.leaveReviews();
    desk.finding.wish.value += 1;
  },
  archive: nothing,
  mute: nothing,
  details: nothing,
};

/** Answers whether the room has a meaning for it; else it means what it means everywhere. */
export function performInReviews(desk: Desk, action: Action, target: EventTarget | null): boolean {
  const deed = DEEDS[action];
  deed?.(desk, target);
  return deed !== undefined;
}
