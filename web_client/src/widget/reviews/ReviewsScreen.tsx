/** "My reviews": what is to be rated, then what was, with all that became of it. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { t } from '../../i18n';
import { formatDate } from '../../i18n/more';
import type { ToRate } from '../../protocol/generated';
import type { MyReviews } from '../../ui/reviews/mine';
import { useClient } from '../../ui/client';
import { Button } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon, StarIcon } from '../../ui/parts/icons';
import { useNow } from '../../ui/parts/RelativeTime';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { refusalText } from '../../ui/refusals';
import { OwnReviewCard } from '../../ui/reviews/OwnReviewCard';
import { StarButtons } from '../../ui/reviews/StarButtons';
import { About } from '../../ui/reviews/About';
import { ConnectionBanner } from '../../ui/threads/ConnectionBanner';
import { Head } from '../Head';
import type { Place } from '../widget';
import { useWidget } from '../widget-context';
import { useReviews } from './of';
import './reviews.css';

/** So near the end the next page is fetched. */
const FETCH_PX = 600;

export function ReviewsScreen({ place }: { place: Place }): JSX.Element {
  const mine = useReviews();
  const wanted = place.kind === 'reviews' ? place.review : undefined;
  const isFresh = useFresh(mine, wanted);
  const { given, toRate, refusal } = mine;
  const isEmpty = given.value?.length === 0 && toRate.value?.length === 0;
  const isFailed = refusal.value !== null && given.value === null;

  const onScroll = (event: Event): void => {
    const list = event.currentTarget as HTMLElement;
    if (list.scrollHeight - list.clientHeight - list.scrollTop < FETCH_PX) void mine.more();
  };
  return (
    <>
      <Head title={t('review.mine')} />
      <ConnectionBanner />
      <div class="list scroll" onScroll={onScroll}>
        {given.value === null && !isFailed && <SkeletonRows label={t('common.loading')} />}
        {isFailed && refusal.value !== null && (
          <EmptyState icon={AlertIcon} title={t('review.mine.error')} text={refusalText(refusal.value)}>
            <Button onClick={() => void mine.refresh()}>{t('common.retry')}</Button>
          </EmptyState>
        )}
        {isEmpty && <EmptyState icon={StarIcon} title={t('review.mine.empty')} text={t('review.mine.empty.text')} />}
        <ToRateList items={toRate.value ?? []} />
        <Given wanted={isFresh ? wanted : undefined} />
      </div>
    </>
  );
}

/** Whether what is shown is as it stands now, and holds what is looked for. */
function useFresh(mine: MyReviews, wanted: string | undefined): boolean {
  const [isFresh, setFresh] = useState(false);
  useEffect(() => {
    const look = async (): Promise<void> => {
      await mine.refresh();
      if (wanted !== undefined) await mine.find((given) => given.some(({ id }) => id === wanted));
      setFresh(true);
    };
    void look();
  }, [mine, wanted]);
  return isFresh;
}

function ToRateList({ items }: { items: readonly ToRate[] }): JSX.Element | null {
  const widget = useWidget();
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="to-rate">
      <h2 id="to-rate" class="list-title">{t('review.mine.to_rate')}</h2>
      {items.map(({ about, until }) => (
        <div key={about.line_id} class="to-rate">
          <About about={about} note={t('review.until', { date: formatDate(until) })} />
          <StarButtons
            label={about.title}
            onPick={(stars) => { widget.push({ kind: 'rate', order: about.order_id, line: about.line_id, stars }); }}
          />
        </div>
      ))}
    </section>
  );
}

function Given({ wanted }: { wanted: string | undefined }): JSX.Element | null {
  const client = useClient();
  const widget = useWidget();
  const given = useReviews().given.value ?? [];
  useNow();
  const now = client.now();
  if (given.length === 0) return null;
  return (
    <section aria-labelledby="given">
      <h2 id="given" class="list-title">{t('review.mine.given')}</h2>
      {given.map((review) => (
        <OwnReviewCard
          key={review.id}
          review={review}
          now={now}
          isWanted={review.id === wanted}
          onWrite={({ id }, part) => { widget.push({ kind: 'write', review: id, part }); }}
        />
      ))}
    </section>
  );
}
