/** Taking the stars of a review out of the figures, and back: at once, for there is a way back. */
import { t } from '../../i18n';
import { refusalOf } from '../../protocol/refusal';
import { showToast } from '../../ui/parts/Toast';
import { tellRefusal } from '../../ui/refusals';
import type { Moderation } from './moderation';

export async function annul(room: Moderation, review: string, reason: string): Promise<void> {
  try {
    await room.api.annulRating(review, { annulled: true, reason });
  } catch (thrown) {
    tellRefusal(thrown);
    // Somebody else has done it: it can be taken back all the same.
    if (refusalOf(thrown).reason === 'annulled') mark(room, review, reason);
    return;
  }
  mark(room, review, reason);
  showToast({
    text: t('console.moderation.annulled'),
    tone: 'good',
    action: { label: t('common.undo'), onPick: () => void reinstate(room, review) },
  });
}

export async function reinstate(room: Moderation, review: string): Promise<void> {
  const reason = room.annulled.value.get(review) ?? '';
  try {
    await room.api.annulRating(review, { annulled: false, reason });
    showToast({ text: t('console.moderation.reinstated'), tone: 'good' });
  } catch (thrown) {
    tellRefusal(thrown);
    if (refusalOf(thrown).reason !== 'not_annulled') return;
  }
  room.annulled.value = new Map([...room.annulled.value].filter(([one]) => one !== review));
}

function mark(room: Moderation, review: string, reason: string): void {
  room.annulled.value = new Map([...room.annulled.value, [review, reason]]);
}
