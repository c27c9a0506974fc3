/** Chooses from what the two wrote about the order: what is chosen is copied, and stays whatever becomes of it there. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { formatWhen, t } from '../../i18n';
import { refusalOf, type Refusal } from '../../protocol/refusal';
import type { Message } from '../../state/model';
import { Button } from '../parts/Button';
import { Dialog } from '../parts/Dialog';
import { SkeletonRows } from '../parts/Skeleton';
import { refusalText } from '../refusals';
import { preview } from '../threads/preview';
import type { EvidenceWriting } from './writing';

export interface MessagePickerProps {
  writing: EvidenceWriting;
  load: () => Promise<readonly Message[]>;
  onClose: () => void;
}

/** The server takes so many at once. */
const MOST = 20;

export function MessagePicker({ writing, load, onClose }: MessagePickerProps): JSX.Element {
  const [found, setFound] = useState<readonly Message[] | Refusal | null>(null);
  useEffect(() => {
    let isHere = true;
    const show = (messages: readonly Message[] | Refusal): void => {
      if (isHere) setFound(messages);
    };
    load().then(show, (thrown: unknown) => { show(refusalOf(thrown)); });
    return () => {
      isHere = false;
    };
  }, [load]);
  const chosen = writing.messages.value;
  return (
    <Dialog title={t('dispute.messages.title')} onClose={onClose} foot={<Button kind="primary" onClick={onClose}>{t('common.done')}</Button>}>
      {found === null && <SkeletonRows rows={3} label={t('common.loading')} />}
      {found instanceof Error && <p role="alert">{refusalText(found)}</p>}
      {found !== null && !(found instanceof Error) && (
        <div class="pick-messages">
          {found.length === 0 && <p class="quiet">{t('dispute.messages.none')}</p>}
          {found.map((message) => (
            <label key={message.seq} class="pick-message">
              <input
                type="checkbox"
                checked={chosen.has(message.seq)}
                disabled={!chosen.has(message.seq) && chosen.size >= MOST}
                onChange={() => { writing.toggle(message.seq); }}
              />
              <span>
                <span class="quiet">{t(message.side === 'customer' ? 'dispute.party.buyer' : 'dispute.party.seller')} · {formatWhen(message.at)}</span>
                <span dir="auto">{preview(message)}</span>
              </span>
            </label>
          ))}
        </div>
      )}
    </Dialog>
  );
}
