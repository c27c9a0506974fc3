/** What opens above the room: all keys, and the question why a rating is annulled. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { t } from '../../i18n';
import { Button } from '../../ui/parts/Button';
import { Dialog } from '../../ui/parts/Dialog';
import { KeyRows } from '../../ui/parts/KeyRows';
import { KeysSwitch } from '../desk/DeskSettings';
import { annul } from './annul';
import { useModeration } from './context';
import { REASONS } from './moderation';

const ROWS = [
  { keys: ['P'], key: 'publish' },
  { keys: ['R', '1–6'], key: 'refuse' },
  { keys: ['J'], key: 'next' },
  { keys: ['K'], key: 'previous' },
  { keys: ['S'], key: 'select' },
  { keys: ['⇧', 'P'], key: 'publish_selected' },
  { keys: ['⇧', 'R'], key: 'refuse_selected' },
  { keys: ['Z'], key: 'undo' },
  { keys: ['T'], key: 'translate' },
  { keys: ['L'], key: 'stand' },
  { keys: ['H', '1–6'], key: 'hide' },
  { keys: ['Esc'], key: 'back' },
  { keys: ['?'], key: 'help' },
] as const;

/** What the server takes as a reason. */
const [LEAST, MOST] = [3, 500];

export function Windows(): JSX.Element | null {
  const room = useModeration();
  const close = (): void => {
    room.window.value = null;
  };
  const reported = room.reported.open.value;
  if (room.window.value === 'keys') return <KeysDialog onClose={close} />;
  if (room.window.value === 'annul' && reported !== null) return <AnnulDialog review={reported.review_id} onClose={close} />;
  return null;
}

function KeysDialog({ onClose }: { onClose: () => void }): JSX.Element {
  return (
    <Dialog title={t('console.moderation.keys')} onClose={onClose}>
      <KeyRows rows={ROWS.map(({ keys, key }) => ({ keys, text: t(`console.moderation.key.${key}`) }))} />
      <h3 class="help-title">{t('console.moderation.refuse.why')}</h3>
      <KeyRows rows={REASONS.map((reason, at) => ({ keys: [String(at + 1)], text: t(`review.reason.${reason}`) }))} />
      <div class="help-foot">
        <KeysSwitch />
      </div>
    </Dialog>
  );
}

function AnnulDialog({ review, onClose }: { review: string; onClose: () => void }): JSX.Element {
  const room = useModeration();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    setBusy(true);
    await annul(room, review, reason.trim());
    onClose();
  };
  return (
    <Dialog
      title={t('console.moderation.annul')}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="danger" busy={busy} disabled={reason.trim().length < LEAST} onClick={() => void send()}>
            {t('console.moderation.annul')}
          </Button>
        </>
      }
    >
      <p class="quiet">{t('console.moderation.annul.text')}</p>
      <label class="field annul-reason">
        <span>{t('console.moderation.annul.reason')}</span>
        <textarea rows={3} maxLength={MOST} dir="auto" value={reason} onInput={(event) => { setReason(event.currentTarget.value); }} />
      </label>
    </Dialog>
  );
}
