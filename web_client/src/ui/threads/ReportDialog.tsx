/** Tells a moderator about somebody's message. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { ReportBody } from '../../protocol/generated';
import { useClient } from '../client';
import { Button } from '../parts/Button';
import { Dialog } from '../parts/Dialog';
import { showToast } from '../parts/Toast';
import { tellRefusal } from '../refusals';
import { useTalk } from './talk';
import './report-dialog.css';

type Reason = ReportBody['reason'];

const REASONS: readonly Reason[] = ['spam', 'insult', 'fraud', 'personal_data', 'other'];

export function ReportDialog(): JSX.Element {
  const client = useClient();
  const talk = useTalk();
  const [reason, setReason] = useState<Reason>('spam');
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const close = (): void => {
    talk.reporting.value = null;
  };
  const send = async (): Promise<void> => {
    const seq = talk.reporting.value?.seq;
    if (seq === undefined) return;
    setBusy(true);
    try {
      await client.api.report(talk.threadId, seq, { reason, text });
      showToast({ text: t('report.done'), tone: 'good' });
    } catch (thrown) {
      tellRefusal(thrown);
    }
    close();
  };

  return (
    <Dialog
      title={t('report.title')}
      onClose={close}
      foot={
        <Button kind="primary" busy={busy} onClick={() => void send()}>
          {t('report.send')}
        </Button>
      }
    >
      <p class="quiet">{t('report.lead')}</p>
      <fieldset class="report-reasons">
        <legend class="unseen">{t('report.title')}</legend>
        {REASONS.map((one) => (
          <label key={one} class="report-reason">
            <input
              type="radio"
              name="reason"
              checked={one === reason}
              onChange={() => {
                setReason(one);
              }}
            />
            {t(`report.reason.${one}`)}
          </label>
        ))}
      </fieldset>
      <label class="report-text">
        {t('report.text')}
        <textarea
          rows={3}
          maxLength={1000}
          dir="auto"
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
          }}
        />
      </label>
    </Dialog>
  );
}
