/** A conversation that is on its way. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { Skeleton } from '../parts/Skeleton';

const WIDTHS = ['46%', '62%', '38%', '54%', '30%'];

export function ThreadSkeleton(): JSX.Element {
  return (
    <div class="thread-skeleton" role="status">
      <span class="unseen">{t('common.loading')}</span>
      {WIDTHS.map((width, index) => (
        <div key={width} class={index % 3 === 1 ? 'thread-skeleton-mine' : ''} aria-hidden="true">
          <Skeleton width={width} height={index === 1 ? '56px' : '36px'} />
        </div>
      ))}
    </div>
  );
}
