/** One review: who gave which stars and when, what he wrote then and later, and what the shop said to it. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import type { PublicReview } from '../protocol/generated';
import { Later } from '../ui/Later';
import { Avatar } from '../ui/parts/Avatar';
import { around } from './around';
import type { FootProps } from './Foot';
import { Given } from './Given';
import { countryName, dateOf } from './names';
import { PhotoRow } from './PhotoRow';
import { Words } from './Words';

/** What can be done with a review comes after what can be read. */
const loadFoot = (): Promise<(props: FootProps) => JSX.Element> => import('./Foot').then(({ Foot }) => Foot);

export function Review({ review }: { review: PublicReview }): JSX.Element {
  const { frame, reading } = around();
  const shop = reading.head.value?.shop?.shop.name ?? '';
  const { text, followup, reply, followup_reply: toFollowup } = review;
  // Read here, where the page is drawn: what comes later is drawn by itself at first, and would follow nothing.
  const standing = frame.voting.value?.of(review.id);
  return (
    <li class="review" tabIndex={-1}>
      <div class="who">
        <Avatar name={review.author} size={36} />
        <div class="who-words">
          <p class="who-name">
            <bdi>{standing?.isOwn ? t('reader.own') : nameOf(review)}</bdi>
          </p>
          <p class="quiet">{review.country !== '' && countryName(review.country)}</p>
        </div>
      </div>
      <article class="said" aria-label={nameOf(review)}>
        <p class="said-top">
          <Given stars={review.stars} />
          <time class="quiet" dateTime={new Date(review.rated_at).toISOString()}>
            {dateOf(review.rated_at)}
          </time>
        </p>
        {text && <Words review={review.id} part="text" said={text} />}
        <PhotoRow photos={text?.photos} />
        {reply && <Words review={review.id} part="reply" said={reply} title={t('reader.reply', { shop })} />}
        {followup && <Words review={review.id} part="followup" said={followup} title={t('reader.followup')} />}
        <PhotoRow photos={followup?.photos} />
        {toFollowup && <Words review={review.id} part="followup_reply" said={toFollowup} title={t('reader.reply', { shop })} />}
        <div class="foot">
          <Later load={loadFoot} props={{ review, standing }} />
        </div>
      </article>
    </li>
  );
}

function nameOf({ author }: PublicReview): string {
  return author === '' ? t('reader.someone') : `${author}.`;
}
