/** The shape of what is coming. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { Skeleton } from '../ui/parts/Skeleton';
import './head.css';
import './list.css';

const REVIEWS = ['88%', '64%', '76%'];

export function Shape(): JSX.Element {
  return (
    <div role="status">
      <span class="unseen">{t('reader.loading')}</span>
      <div class="top" aria-hidden="true">
        <Skeleton width="148px" height="64px" />
        <Skeleton height="130px" />
        <Skeleton height="130px" />
      </div>
      <div class="list-shape" aria-hidden="true">
        {REVIEWS.map((width) => (
          <div key={width} class="review">
            <Skeleton width="120px" height="36px" />
            <div class="said">
              <Skeleton width="96px" height="16px" />
              <Skeleton />
              <Skeleton width={width} />
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
