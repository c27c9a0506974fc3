/** One step of a buyer in his complaint: what it means, and the press that makes it. */
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { ComplaintView } from '../../protocol/generated';
import { refusalOf } from '../../protocol/refusal';
import { useClient } from '../../ui/client';
import type { Act } from '../../ui/complaints/mine';
import { WordsArea } from '../../ui/complaints/WordsArea';
import { EvidenceWriting } from '../../ui/disputes/writing';
import { Button } from '../../ui/parts/Button';
import { Dialog } from '../../ui/parts/Dialog';
import { showToast } from '../../ui/parts/Toast';
import { tellRefusal } from '../../ui/refusals';
import { useComplaints } from './of';

export interface ActDialogProps {
  act: Act;
  view: ComplaintView;
  onClose: () => void;
}

export function ActDialog({ act, view, onClose }: ActDialogProps): JSX.Element {
  const client = useClient();
  const mine = useComplaints();
  const writing = useMemo(() => new EvidenceWriting(client, `complaint:${view.id}:${act}`), [client, view.id, act]);
  // What is pressed is about what was seen when the window opened, whatever has come since.
  const [seen] = useState(view);
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const isEmpty = act === 'not_solved' && writing.text.value.trim() === '';

  const send = async (): Promise<void> => {
    setAsked(true);
    if (isEmpty || isBusy || !writing.isWhole.value) return;
    setBusy(true);
    try {
      await mine.move(seen, act, writing.body().text ?? '', writing.keyOf([act, seen.revision]));
      writing.forget();
      showToast({ text: t(`complaint.did.${act}`), tone: 'good' });
      onClose();
    } catch (thrown) {
      tellRefusal(thrown);
      if (refusalOf(thrown).retryable) setBusy(false);
      else onClose();
    }
  };
  return (
    <Dialog
      title={t(`complaint.act.${act}`)}
      size="s"
      onClose={onClose}
      foot={
        <>
          <Button kind="quiet" onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind={act === 'withdraw' ? 'danger' : 'primary'} busy={isBusy} onClick={() => { void send(); }}>
            {act === 'withdraw' ? t('complaint.act.withdraw') : t('common.send')}
          </Button>
        </>
      }
    >
      <div class="act">
        <p class="act-meaning">{t(`complaint.means.${act}`)}</p>
        {act === 'not_solved' && (
          <WordsArea writing={writing} label={t('complaint.missing')} fault={isAsked && isEmpty ? t('complaint.missing.lack') : ''} />
        )}
      </div>
    </Dialog>
  );
}
