/** How a mediator stands to a case, and taking one. */
import { t } from '../../i18n';
import { showToast } from '../../ui/parts/Toast';
import type { Docket, Opened } from './docket';

/** `served`: who answered a party in support leaves the case to others. `over`: nothing is a mediator's to do. */
export type Standing = 'free' | 'mine' | 'other' | 'served' | 'over';

export function standingOf({ dispute, around }: Pick<Opened, 'dispute' | 'around'>, me: string): Standing {
  if (dispute.state !== 'mediation') return 'over';
  if (around.has_served === true) return 'served';
  if (dispute.mediator_id === undefined) return 'free';
  return dispute.mediator_id === me ? 'mine' : 'other';
}

/** From a colleague only after a question. */
export function take(docket: Docket, opened: Opened, isSure = false): void {
  const standing = standingOf(opened, docket.me);
  if (standing === 'other' && !isSure) docket.window.value = 'take';
  else if (standing === 'free' || standing === 'other') {
    docket.window.value = null;
    void docket.move({ act: 'take' }).then((isTaken) => {
      if (!isTaken) return;
      showToast({ text: t('console.disputes.taken_now'), tone: 'good' });
      docket.turn.value += 1;
    });
  }
}
