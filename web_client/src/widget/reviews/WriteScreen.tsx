/** Words to stars that were given: added later, sent again after a refusal, or as a follow-up. */
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { OwnReview } from '../../protocol/generated';
import type { Draft } from '../../connection/drafts';
import { useClient } from '../../ui/client';
import { Button } from '../../ui/parts/Button';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { showToast } from '../../ui/parts/Toast';
import { tellRefusal } from '../../ui/refusals';
import { Stars } from '../../ui/reviews/Stars';
import { About } from '../../ui/reviews/About';
import { WordsField } from '../../ui/reviews/WordsField';
import { ReviewWriting } from '../../ui/reviews/writing';
import { ConnectionBanner } from '../../ui/threads/ConnectionBanner';
import { Head } from '../Head';
import type { Place, WritePlace } from '../widget';
import { useWidget } from '../widget-context';
import { useReviews } from './of';
import './rate.css';

export function WriteScreen({ place }: { place: Place }): JSX.Element | null {
  const mine = useReviews();
  useEffect(() => {
    if (mine.given.value === null) void mine.refresh();
  }, [mine]);
  if (place.kind !== 'write') return null;
  const review = mine.given.value?.find(({ id }) => id === place.review);
  const before = review?.texts.find(({ part }) => part === place.part);
  return (
    <>
      <Head title={t(before !== undefined ? 'review.again.title' : place.part === 'followup' ? 'review.add_followup' : 'review.add_text')} />
      <ConnectionBanner />
      {review === undefined ? <SkeletonRows rows={3} label={t('common.loading')} /> : <Words key={review.id} review={review} part={place.part} />}
    </>
  );
}

function Words({ review, part }: { review: OwnReview; part: WritePlace['part'] }): JSX.Element {
  const client = useClient();
  const widget = useWidget();
  const mine = useReviews();
  const [before] = useState(() => review.texts.find((text) => text.part === part));
  const writing = useMemo(() => new ReviewWriting(client, `review:${review.id}:${part}`, begunWith(before)), [client, review.id, part, before]);
  const [isBusy, setBusy] = useState(false);
  const isReady = writing.hasWords.value && writing.isWhole.value;

  const send = async (): Promise<void> => {
    if (!isReady || isBusy) return;
    setBusy(true);
    try {
      await mine.write(review.id, part, writing.body());
    } catch (thrown) {
      tellRefusal(thrown);
      setBusy(false);
      return;
    }
    writing.forget();
    showToast({ text: t('review.thanks.checked'), tone: 'good' });
    widget.back();
  };

  return (
    <form
      class="rate"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
      }}
    >
      <div class="rate-body scroll">
        <About about={review.about} note={<Stars stars={review.stars} />} />
        {before?.reason !== undefined && <p class="rate-why">{t(`review.refused.${before.reason}`)}</p>}
        <WordsField
          writing={writing}
          label={t(part === 'followup' ? 'review.part.followup' : 'review.text.label')}
          placeholder={t(part === 'followup' ? 'review.followup.placeholder' : 'review.text.placeholder')}
        />
      </div>
      <div class="deeds">
        <Button type="submit" kind="primary" size="l" wide busy={isBusy} disabled={!isReady}>
          {t('common.send')}
        </Button>
      </div>
    </form>
  );
}

/** What was refused is changed and not written anew; of its photos only the names are known here. */
function begunWith(before: OwnReview['texts'][number] | undefined): Draft | undefined {
  if (before === undefined) return undefined;
  return { text: before.text, photos: (before.photos ?? []).map((id) => ({ id, width: 64, height: 64 })) };
}
