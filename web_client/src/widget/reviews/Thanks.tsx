/** After a rating: thanks, what happens now, and the next thing that may be rated. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { formatDate } from '../../i18n/more';
import type { ToRate } from '../../protocol/generated';
import { Button } from '../../ui/parts/Button';
import { StarButtons } from '../../ui/reviews/StarButtons';
import { About } from '../../ui/reviews/About';
import { Finished } from '../Finished';
import { Head } from '../Head';
import { useWidget } from '../widget-context';
import { useReviews } from './of';

export interface ThanksProps {
  /** What was rated. */
  item: ToRate;
  hasWords: boolean;
}

export function Thanks({ item, hasWords }: ThanksProps): JSX.Element {
  const widget = useWidget();
  const mine = useReviews();
  const next = mine.toRate.value?.[0];
  return (
    <>
      <Head title={t('review.rate.title')} />
      <div class="rate-body scroll">
        <Finished
          title={t('review.thanks')}
          text={hasWords ? t('review.thanks.text') : t('review.thanks.stars', { date: formatDate(item.until) })}
        />
        {next !== undefined && (
          <section class="rate-next" aria-labelledby="rate-next">
            <h2 id="rate-next">{t('review.next')}</h2>
            <About about={next.about} />
            <StarButtons
              label={next.about.title}
              onPick={(stars) => { widget.replace({ kind: 'rate', order: next.about.order_id, line: next.about.line_id, stars }); }}
            />
          </section>
        )}
      </div>
      <div class="deeds">
        <Button size="l" wide kind={next === undefined ? 'primary' : 'plain'} onClick={() => { widget.back(); }}>
          {t('common.done')}
        </Button>
        <Button kind="quiet" wide onClick={() => { widget.replace({ kind: 'reviews' }); }}>
          {t('review.mine')}
        </Button>
      </div>
    </>
  );
}
