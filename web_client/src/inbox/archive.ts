/** Putting the open conversation away, with a way back. */
import { t } from '../i18n';
import { showToast } from '../ui/parts/Toast';
import { tellRefusal } from '../ui/refusals';
import type { Desk } from './desk';

/** Into the archive or out of it; from the archive's way in, the next conversation of the list opens. */
export async function archiveOpen(desk: Desk): Promise<void> {
  const view = desk.open.value;
  if (!view) return;
  try {
    const archived = await desk.toggleArchived(view);
    if (archived !== true) {
      showToast({ text: t('thread.unarchived'), tone: 'good' });
      return;
    }
    if (desk.place.value?.id === view.id) desk.moveOn();
    showToast({
      text: t('thread.archived'),
      tone: 'good',
      action: {
        label: t('common.undo'),
        onPick: () => {
          desk.client.putSettings(view.id, { archived: false }).then(() => {
            desk.visit(view.id);
          }, tellRefusal);
        },
      },
    });
  } catch (thrown) {
    tellRefusal(thrown);
  }
}

export async function muteOpen(desk: Desk): Promise<void> {
  try {
    const muted = await desk.toggleMuted();
    if (muted !== null) showToast({ text: t(muted ? 'thread.muted' : 'thread.unmuted'), tone: 'good' });
  } catch (thrown) {
    tellRefusal(thrown);
  }
}
