/** Rates one thing that was received: stars alone are enough, all else is a gift. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { ToRate } from '../../protocol/generated';
import { Button } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon, StarIcon } from '../../ui/parts/icons';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { refusalText } from '../../ui/refusals';
import { ConnectionBanner } from '../../ui/threads/ConnectionBanner';
import { Head } from '../Head';
import type { Place, RatePlace } from '../widget';
import { useWidget } from '../widget-context';
import { useReviews } from './of';
import { RateForm } from './RateForm';
import { Thanks } from './Thanks';
import './rate.css';

export function RateScreen({ place }: { place: Place }): JSX.Element | null {
  return place.kind === 'rate' ? <Rate key={`${place.order} ${place.line ?? ''}`} place={place} /> : null;
}

function Rate({ place }: { place: RatePlace }): JSX.Element {
  const [item, isKnown] = useItem(place);
  const [thanked, setThanked] = useState<{ hasWords: boolean } | null>(null);
  if (item !== undefined && thanked !== null) return <Thanks item={item} hasWords={thanked.hasWords} />;
  return (
    <>
      <Head title={t('review.rate.title')} />
      <ConnectionBanner />
      {item === undefined ? (
        <Nothing isKnown={isKnown} />
      ) : (
        <RateForm item={item} stars={place.stars ?? 0} onSent={(hasWords) => { setThanked({ hasWords }); }} />
      )}
    </>
  );
}

/** What is rated, once it is known; it stays while it is written about, also where it was rated elsewhere meanwhile. */
function useItem({ order, line }: RatePlace): [ToRate | undefined, boolean] {
  const mine = useReviews();
  const [isFresh, setFresh] = useState(false);
  const [item, setItem] = useState<ToRate>();
  useEffect(() => {
    void mine.refresh().then(() => {
      setFresh(true);
    });
  }, [mine]);
  const found = mine.toRate.value?.find(({ about }) => about.order_id === order && (line === undefined || about.line_id === line));
  useEffect(() => {
    if (found !== undefined) setItem((held) => held ?? found);
  }, [found]);
  return [item ?? found, isFresh];
}

function Nothing({ isKnown }: { isKnown: boolean }): JSX.Element {
  const mine = useReviews();
  const widget = useWidget();
  const refusal = mine.refusal.value;
  if (!isKnown) return <SkeletonRows rows={3} label={t('common.loading')} />;
  if (refusal !== null) {
    return (
      <EmptyState icon={AlertIcon} title={t('review.mine.error')} text={refusalText(refusal)}>
        <Button onClick={() => void mine.refresh()}>{t('common.retry')}</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={StarIcon} title={t('review.rate.gone')} text={t('review.rate.gone.text')}>
      <Button onClick={() => { widget.replace({ kind: 'reviews' }); }}>{t('review.mine')}</Button>
    </EmptyState>
  );
}
