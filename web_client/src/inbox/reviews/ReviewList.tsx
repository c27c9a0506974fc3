/** The reviews of the shop, newest first: loading, empty, failed, or there. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { t } from '../../i18n';
import { Button } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon, CheckCheckIcon, StarIcon } from '../../ui/parts/icons';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { refusalText } from '../../ui/refusals';
import { useDesk } from '../desk-context';
import { ReviewCard } from './ReviewCard';
import type { Reviews } from './reviews';
import './review-list.css';

export function ReviewList(): JSX.Element {
  const { client, reviews } = useDesk();
  const listed = reviews.listed.value;
  const hasNoShop = client.chat.value.me !== null && reviews.shop.value === null;
  const list = useRef<HTMLUListElement>(null);
  const current = reviews.current.value;

  useEffect(() => {
    if (current === null) return;
    const card = list.current?.querySelector<HTMLElement>(`#review-${current.id}`);
    card?.scrollIntoView({ block: 'nearest' });
    // Who was sent into its box stays there.
    if (card?.contains(document.activeElement) === false) card.focus({ preventScroll: true });
  }, [current]);

  if (hasNoShop) return <None />;
  if (listed.kind === 'loading') return <SkeletonRows rows={5} label={t('common.loading')} />;
  if (listed.kind === 'failed') {
    return (
      <EmptyState icon={AlertIcon} title={t('inbox.reviews.error')} text={refusalText(listed.refusal)}>
        <Button
          onClick={() => {
            reviews.again();
          }}
        >
          {t('common.retry')}
        </Button>
      </EmptyState>
    );
  }
  if (listed.reviews.length === 0) return <Nothing reviews={reviews} />;
  return (
    <>
      <ul class="reviews-list" ref={list}>
        {listed.reviews.map((review) => (
          <li key={review.id}>
            <ReviewCard review={review} isCurrent={review.id === current?.id} />
          </li>
        ))}
      </ul>
      {listed.next !== '' && (
        <div class="reviews-more">
          <Button kind="quiet" onClick={() => void reviews.more()}>
            {t('common.show_more')}
          </Button>
        </div>
      )}
    </>
  );
}

function None(): JSX.Element {
  return <EmptyState icon={StarIcon} title={t('inbox.reviews.none')} text={t('inbox.reviews.none.text')} />;
}

function Nothing({ reviews }: { reviews: Reviews }): JSX.Element {
  if (reviews.filter.value === 'all') return <None />;
  return (
    <EmptyState icon={CheckCheckIcon} title={t('inbox.reviews.answered')} text={t('inbox.reviews.answered.text')}>
      <Button
        onClick={() => {
          reviews.filter.value = 'all';
        }}
      >
        {t('inbox.reviews.show_all')}
      </Button>
    </EmptyState>
  );
}
