/** The reviews themselves, page by page. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

import { t } from '../i18n';
import { Button } from '../ui/parts/Button';
import { around } from './around';
import { Nothing } from './Nothing';
import type { Reading } from './reading';
import { Review } from './Review';
import './list.css';

export function List(): JSX.Element {
  const { reading } = around();
  const view = reading.view.value;
  const list = useGoingOn(reading);
  return (
    <section>
      <p class="count figures" role="status">
        {view === 'list' ? countOf(reading) : ''}
      </p>
      {(view === 'wordless' || view === 'nothing') && <Nothing why={view} />}
      <ul class="list" ref={list} aria-busy={reading.isBusy.value}>
        {reading.reviews.value.map((review) => (
          <Review key={review.id} review={review} />
        ))}
      </ul>
      {reading.refusal.value !== null && <Nothing why="stuck" />}
      {reading.next.value !== '' && (
        <div class="more">
          <Button busy={reading.isBusy.value} onClick={() => void reading.more()}>
            {t('reader.show_more')}
          </Button>
        </div>
      )}
    </section>
  );
}

function countOf({ next, reviews }: Reading): string {
  const count = reviews.value.length;
  return next.value === '' ? t('reader.count', { count }) : t('reader.first', { count });
}

/** The focus goes to the first of those that were asked for, so that one reads on there and not at the page's end. */
function useGoingOn(reading: Reading): { current: HTMLUListElement | null } {
  const list = useRef<HTMLUListElement>(null);
  const shown = useRef(0);
  const reviews = reading.reviews.value;
  useLayoutEffect(() => {
    const isMore = shown.current > 0 && reviews.length > shown.current;
    const first = list.current?.children[shown.current];
    // Where the button went with the last page, the focus has nowhere else to be.
    if (isMore && reading.next.peek() === '' && first instanceof HTMLElement) first.focus({ preventScroll: true });
    shown.current = reviews.length;
  }, [reading, reviews]);
  return list;
}
