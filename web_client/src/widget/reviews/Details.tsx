/** How the shop did, as its buyer says it: all three or none. */
import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { Button } from '../../ui/parts/Button';
import { DETAILS, isHalf, type DetailStars } from '../../ui/reviews/details';
import { StarPicker } from '../../ui/reviews/StarPicker';

export interface DetailsProps {
  details: Signal<DetailStars>;
  /** Sending was tried with some of them missing. */
  isAsked: boolean;
}

export function Details({ details, isAsked }: DetailsProps): JSX.Element {
  const given = details.value;
  return (
    <fieldset class="rate-details">
      <legend>
        {t('review.detail.title')} <span class="quiet">({t('review.optional')})</span>
      </legend>
      {DETAILS.map((kind) => (
        <div key={kind} class="rate-detail">
          <span aria-hidden="true">{t(`review.detail.${kind}`)}</span>
          <StarPicker
            label={t(`review.detail.${kind}`)}
            size={24}
            stars={given[kind] ?? 0}
            onPick={(stars) => { details.value = { ...given, [kind]: stars }; }}
          />
        </div>
      ))}
      <div class="rate-details-foot">
        <p role="status">{isAsked && isHalf(given) && t('review.detail.all')}</p>
        {Object.keys(given).length > 0 && (
          <Button size="s" kind="quiet" onClick={() => { details.value = {}; }}>
            {t('common.clear')}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
