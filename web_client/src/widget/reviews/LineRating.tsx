/** Under a line of an order: what it was given, or the way to give it something. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { Button } from '../../ui/parts/Button';
import { StarIcon } from '../../ui/parts/icons';
import { Stars } from '../../ui/reviews/Stars';
import { useWidget } from '../widget-context';
import { useReviews } from './of';
import './line-rating.css';

export function LineRating({ line }: { line: string }): JSX.Element | null {
  const widget = useWidget();
  const mine = useReviews();
  const open = mine.toRate.value?.find(({ about }) => about.line_id === line);
  const given = mine.given.value?.find(({ about }) => about.line_id === line);
  if (open !== undefined) {
    return (
      <Button size="s" icon={StarIcon} onClick={() => { widget.push({ kind: 'rate', order: open.about.order_id, line }); }}>
        {t('review.rate')}
      </Button>
    );
  }
  if (given === undefined) return null;
  return (
    <button type="button" class="line-given" onClick={() => { widget.push({ kind: 'reviews', review: given.id }); }}>
      <span class="quiet">{t('review.given_stars')}</span>
      <Stars stars={given.stars} />
    </button>
  );
}
