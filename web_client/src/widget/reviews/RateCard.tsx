/** On the first screen: how the first thing was that may be rated; a tap on a star begins. */
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import { t } from '../../i18n';
import { StarButtons } from '../../ui/reviews/StarButtons';
import { About } from '../../ui/reviews/About';
import { useWidget } from '../widget-context';
import { useReviews } from './of';
import './rate-card.css';

export function RateCard(): JSX.Element | null {
  const widget = useWidget();
  const mine = useReviews();
  const isSeen = widget.isOpen.value;
  useEffect(() => {
    // Pages on which nobody looks at it ask nothing.
    if (isSeen && mine.toRate.value === null) void mine.refresh();
  }, [isSeen, mine]);
  const first = mine.toRate.value?.[0];
  if (first === undefined) return null;
  const { about } = first;
  return (
    <section class="card rate-card" aria-labelledby="rate-card">
      <h2 id="rate-card">{t('review.how')}</h2>
      <About about={about} size={44} />
      <StarButtons
        label={about.title}
        onPick={(stars) => { widget.push({ kind: 'rate', order: about.order_id, line: about.line_id, stars }); }}
      />
    </section>
  );
}
