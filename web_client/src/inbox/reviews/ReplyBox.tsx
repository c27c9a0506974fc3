/** Where a shop writes its one public reply. What is begun survives a reload; Ctrl+Enter sends. */
import type { JSX } from 'preact';
import { useId, useLayoutEffect, useMemo, useRef } from 'preact/hooks';

import { t } from '../../i18n';
import type { ShopReview } from '../../protocol/generated';
import { Button } from '../../ui/parts/Button';
import { showToast } from '../../ui/parts/Toast';
import { tellRefusal } from '../../ui/refusals';
import { useDesk } from '../desk-context';
import type { ReplyPart } from './held';
import { Reply } from './reply';
import './reply-box.css';

export interface ReplyBoxProps {
  review: ShopReview;
  part: ReplyPart;
  /** How often it was asked for: with each time the cursor comes here. */
  asked: number;
  /** Put aside for later; what was begun stays. */
  onAside: () => void;
}

/** From so few left on the number is shown. */
const NEAR = 200;

export function ReplyBox({ review, part, asked, onAside }: ReplyBoxProps): JSX.Element {
  const { client, reviews } = useDesk();
  const area = useRef<HTMLTextAreaElement>(null);
  const hintId = useId();
  const reply = useMemo(
    () =>
      new Reply({
        review,
        part,
        limit: client.chat.peek().limits.text,
        drafts: () => client.drafts.peek(),
        send: (words) => reviews.write(review, part, words),
      }),
    // What is being written outlives a fresh copy of its review.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- see above
    [review.id, part],
  );

  useLayoutEffect(() => {
    if (asked > 0) area.current?.focus();
  }, [asked]);

  const send = async (): Promise<void> => {
    try {
      if (!(await reply.submit())) return;
      showToast({ text: t('inbox.reviews.sent'), tone: 'good' });
      // The box is gone: the focus stays with the review that it belonged to.
      reviews.current.value = { id: review.id };
    } catch (thrown) {
      tellRefusal(thrown);
    }
  };

  return (
    <form
      class="reply-box"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <textarea
        ref={area}
        rows={3}
        dir={reply.text.value === '' ? undefined : 'auto'}
        value={reply.text.value}
        aria-label={t(`inbox.reviews.label.${part}`)}
        aria-describedby={hintId}
        aria-invalid={reply.left.value < 0}
        onInput={({ currentTarget }) => {
          reply.write(currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
          event.preventDefault();
          void send();
        }}
      />
      <p id={hintId} class="reply-hint">
        {t('inbox.reviews.hint')}
      </p>
      <div class="reply-foot">
        <span class={`reply-left figures${reply.left.value < 0 ? ' reply-over' : ''}`} role="status">
          {reply.left.value < NEAR ? t('inbox.reviews.left', { count: reply.left.value }) : ''}
        </span>
        <Button size="s" kind="quiet" onClick={onAside}>
          {t('inbox.reviews.aside')}
        </Button>
        <Button size="s" kind="primary" type="submit" busy={reply.busy.value} disabled={!reply.isReady.value && !reply.busy.value}>
          {t('inbox.reviews.send')}
        </Button>
      </div>
    </form>
  );
}
