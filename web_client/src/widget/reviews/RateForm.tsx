/** The stars, and what may be said with them. */
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { ToRate } from '../../protocol/generated';
import { refusalOf } from '../../protocol/refusal';
import { useClient } from '../../ui/client';
import { Button } from '../../ui/parts/Button';
import { tellRefusal } from '../../ui/refusals';
import { isHalf, wholeDetails, type DetailStars } from '../../ui/reviews/details';
import type { MyReviews } from '../../ui/reviews/mine';
import { StarPicker } from '../../ui/reviews/StarPicker';
import { About } from '../../ui/reviews/About';
import { WordsField } from '../../ui/reviews/WordsField';
import { ReviewWriting } from '../../ui/reviews/writing';
import { useWidget } from '../widget-context';
import { Details } from './Details';
import { useReviews } from './of';

export interface RateFormProps {
  item: ToRate;
  /** Chosen already; none: 0. */
  stars: number;
  onSent: (hasWords: boolean) => void;
}

export function RateForm({ item, stars: first, onSent }: RateFormProps): JSX.Element {
  const client = useClient();
  const widget = useWidget();
  const mine = useReviews();
  const { order_id: order, line_id: line } = item.about;
  const writing = useMemo(() => begun(new ReviewWriting(client, `rate:${line}`), first), [client, line, first]);
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const stars = writing.stars.value;
  // Those of a draft do not count where the order was rated meanwhile.
  const details = item.rates_order === true ? writing.details.value : {};

  const send = async (): Promise<void> => {
    if (stars === 0 || isBusy || !writing.isWhole.value) return;
    setAsked(true);
    if (isHalf(details)) return;
    const hasWords = writing.hasWords.value;
    setBusy(true);
    try {
      await give(mine, item, writing, details);
    } catch (thrown) {
      tellRefusal(thrown);
      setBusy(false);
      return;
    }
    writing.forget();
    widget.embed.event('rated', { order, line, score: stars });
    onSent(hasWords);
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
        <About about={item.about} size={64} />
        <StarPicker label={t('review.rate.title')} hasWord stars={stars} onPick={(picked) => { writing.stars.value = picked; }} />
        {/* What was begun is kept from the first moment on, so the field is there before it is seen. */}
        <div class="rate-more" hidden={stars === 0}>
          <WordsField writing={writing} label={t('review.text.label')} note={t('review.optional')} placeholder={t('review.text.placeholder')} />
          {item.rates_order === true && <Details details={writing.details} isAsked={isAsked} />}
        </div>
      </div>
      <div class="deeds">
        <Button type="submit" kind="primary" size="l" wide busy={isBusy} disabled={stars === 0 || !writing.isWhole.value}>
          {t('common.send')}
        </Button>
        <p class="rate-final">{t('review.rate.final')}</p>
      </div>
    </form>
  );
}

function begun(writing: ReviewWriting, stars: number): ReviewWriting {
  writing.stars.value = stars;
  return writing;
}

/** The order's own ratings go first: the stars end the time for them. What was given before is no trouble. */
async function give(mine: MyReviews, { about }: ToRate, writing: ReviewWriting, details: DetailStars): Promise<void> {
  const whole = wholeDetails(details);
  if (whole !== null) {
    await mine.api.rateOrder(about.order_id, about.line_id, whole).catch((thrown: unknown) => {
      if (refusalOf(thrown).reason !== 'details_given') throw thrown;
    });
  }
  await mine.rate(about, { ...writing.body(), stars: writing.stars.value });
}
