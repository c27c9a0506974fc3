/** A review of one's own with all that was said about it, and what may still be said. */
import { Fragment, type JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { formatWhen, t } from '../../i18n';
import { formatDate } from '../../i18n/more';
import type { OwnReply, OwnReview, OwnText } from '../../protocol/generated';
import type { Part } from '../../services/reviews';
import { Button } from '../parts/Button';
import { RelativeTime } from '../parts/RelativeTime';
import { followupOf, mayAddText } from './may';
import { OwnWords } from './OwnWords';
import { Stars } from './Stars';
import { About } from './About';
import './own-review.css';

export interface OwnReviewCardProps {
  review: OwnReview;
  /** The server's time. */
  now: number;
  /** It was asked for: the focus comes here. */
  isWanted: boolean;
  onWrite: (review: OwnReview, part: Part) => void;
}

export function OwnReviewCard({ review, now, isWanted, onWrite }: OwnReviewCardProps): JSX.Element {
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isWanted) return;
    card.current?.focus({ preventScroll: true });
    card.current?.scrollIntoView({ block: 'start' });
  }, [isWanted]);

  const helpful = review.helpful ?? 0;
  return (
    <article ref={card} class="own-review" tabIndex={-1} aria-label={review.about.title}>
      <About about={review.about} />
      <p class="own-review-stars">
        <Stars stars={review.stars} size={18} />
        <RelativeTime at={review.rated_at} class="quiet" />
      </p>
      {review.texts.map((text) => (
        <Fragment key={text.part}>
          <OwnWords text={text} now={now} onAgain={({ part }) => { onWrite(review, part); }} />
          {repliesTo(review, text).map((reply) => (
            <Reply key={reply.part} reply={reply} shop={review.about.shop.name} />
          ))}
        </Fragment>
      ))}
      {helpful > 0 && <p class="own-review-helpful figures">{t('review.helpful', { count: helpful })}</p>}
      <More review={review} now={now} onWrite={onWrite} />
    </article>
  );
}

/** What the shop has said to one of the texts. */
function repliesTo({ replies }: OwnReview, { part }: OwnText): OwnReply[] {
  return replies.filter((reply) => (reply.part === 'followup_reply') === (part === 'followup'));
}

function Reply({ reply, shop }: { reply: OwnReply; shop: string }): JSX.Element {
  return (
    <blockquote class="own-reply">
      <p class="own-reply-head">
        <span>{t('review.reply_of', { shop })}</span>
        <RelativeTime at={reply.at} class="quiet" />
      </p>
      <p class="own-words-text" dir="auto">
        {reply.text}
      </p>
    </blockquote>
  );
}

/** What may be added, or from when. */
function More({ review, now, onWrite }: Pick<OwnReviewCardProps, 'review' | 'now' | 'onWrite'>): JSX.Element | null {
  const followup = followupOf(review, now);
  if (followup.kind === 'later') return <p class="own-review-later">{t('review.followup_from', { time: formatWhen(followup.from) })}</p>;
  const isText = mayAddText(review, now);
  const until = followup.kind === 'now' ? followup.until : review.may_write_until;
  if ((!isText && followup.kind === 'no') || until === undefined) return null;
  return (
    <p class="own-words-again">
      <Button size="s" onClick={() => { onWrite(review, isText ? 'text' : 'followup'); }}>
        {t(isText ? 'review.add_text' : 'review.add_followup')}
      </Button>
      <span class="quiet">{t('review.until', { date: formatDate(until) })}</span>
    </p>
  );
}
