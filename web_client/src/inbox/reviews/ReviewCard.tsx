/** One review as its shop sees it: stars and words of the buyer, and what the shop has said or may say. Nothing of it can be changed. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { countryName } from '../../i18n/more';
import type { PublicText, ShopReview } from '../../protocol/generated';
import { ShoppingBagIcon } from '../../ui/parts/icons';
import { RelativeTime } from '../../ui/parts/RelativeTime';
import { Stars } from '../../ui/reviews/Stars';
import { RichText } from '../../ui/threads/RichText';
import { Picture } from '../../ui/threads/SubjectPicture';
import { Answer } from './Answer';
import { ShopPhotos } from './ShopPhotos';
import './review-card.css';

export interface ReviewCardProps {
  review: ShopReview;
  isCurrent: boolean;
}

export function ReviewCard({ review, isCurrent }: ReviewCardProps): JSX.Element {
  const { about, text, followup } = review;
  const titleId = `review-${review.id}-title`;
  return (
    <article class={`shop-review${isCurrent ? ' shop-review-current' : ''}`} id={`review-${review.id}`} tabIndex={-1} aria-labelledby={titleId}>
      <header class="shop-review-head">
        <Picture address={about.photo_url} size={44} rest={<span class="shop-review-blank"><ShoppingBagIcon size={20} /></span>} />
        <div class="shop-review-names">
          <h3 id={titleId} class="clip" dir="auto">
            {about.title}
          </h3>
          <p class="shop-review-facts">
            <Stars stars={review.stars} size={15} />
            <span>
              <bdi>{review.author === '' ? t('inbox.reviews.buyer') : `${review.author}.`}</bdi>
              {review.country !== '' && `, ${countryName(review.country)}`}
            </span>
            <RelativeTime at={review.rated_at} />
          </p>
        </div>
      </header>
      {text !== undefined && <Said said={text} />}
      <Answer review={review} part="reply" />
      {followup !== undefined && (
        <section class="shop-review-followup">
          <h4>
            {t('review.part.followup')} <RelativeTime at={followup.at} />
          </h4>
          <Said said={followup} />
        </section>
      )}
      <Answer review={review} part="followup_reply" />
    </article>
  );
}

function Said({ said }: { said: PublicText }): JSX.Element {
  const { photos = [] } = said;
  return (
    <>
      {said.text !== '' && <RichText text={said.text} class="shop-review-words" />}
      {photos.length > 0 && <ShopPhotos photos={photos} label={t('inbox.reviews.photos', { count: photos.length })} />}
    </>
  );
}
