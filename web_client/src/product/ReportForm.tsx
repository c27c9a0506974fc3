/**
 * Tells a moderator what is wrong with a text. It opens in its place and not in a window: the frame is as long as the
 * list, so the middle of it may be anywhere but before the reader.
 */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { needPart, t, type MessageKey } from '../i18n';
import '../i18n/reviews';
import type { PublicReview } from '../protocol/generated';
import { refusalOf } from '../protocol/refusal';
import type { Part, Reason } from '../services/reviews';
import { Button } from '../ui/parts/Button';
import { Choices } from './Choices';
import { around } from './around';
import './report.css';

const REASONS: readonly Reason[] = ['personal_data', 'insult', 'advertising', 'off_topic', 'photo', 'other'];
const PARTS: readonly Part[] = ['text', 'reply', 'followup', 'followup_reply'];

export interface ReportFormProps {
  review: PublicReview;
  /** With what is to be told of it; null where it was given up. */
  onClose: (told: MessageKey | null) => void;
}

export function ReportForm({ review, onClose }: ReportFormProps): JSX.Element | null {
  const { frame } = around();
  const [isReady, setReady] = useState(false);
  const [reason, setReason] = useState<Reason>('personal_data');
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const parts = PARTS.filter((one) => review[one] !== undefined);
  const [part, setPart] = useState<Part>(parts[0] ?? 'text');

  useEffect(() => {
    needPart('reviews').then(() => { setReady(true); }, () => { onClose('reader.not_done'); });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when it opens
  }, []);
  useEffect(() => {
    if (isReady) form.current?.querySelector('input')?.focus({ preventScroll: true });
  }, [isReady]);

  const send = async (): Promise<void> => {
    setBusy(true);
    try {
      await frame.voting.value?.api.report(review.id, part, { reason, text });
      onClose('reader.report.done');
    } catch (thrown) {
      const isNobody = refusalOf(thrown).code === 'unauthenticated';
      if (isNobody) frame.askToSignIn('report');
      onClose(isNobody ? 'reader.sign_in.report' : 'reader.not_done');
    }
  };

  return (
    <form
      ref={form}
      class="report"
      hidden={!isReady}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void send();
      }}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClose(null);
      }}
    >
      <Choices name="reason" title={t('reader.report.title')} all={REASONS} picked={reason} nameOf={(one) => t(`review.reason.${one}`)} onPick={setReason} />
      {parts.length > 1 && (
        <Choices name="part" title={t('reader.report.part')} all={parts} picked={part} nameOf={(one) => t(`review.part.${one}`)} onPick={setPart} />
      )}
      <label class="report-words">
        {t('reader.report.words')}
        <textarea rows={2} maxLength={500} dir="auto" value={text} onInput={({ currentTarget }) => { setText(currentTarget.value); }} />
      </label>
      <div class="report-foot">
        <Button type="submit" kind="primary" busy={isBusy}>
          {t('reader.report.send')}
        </Button>
        <Button kind="quiet" onClick={() => { onClose(null); }}>
          {t('reader.cancel')}
        </Button>
      </div>
    </form>
  );
}
