/** The way into the reviews, beside the groups of conversations, with how many wait for a reply. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { t } from '../../i18n';
import { Count } from '../../ui/parts/Count';
import { StarIcon } from '../../ui/parts/icons';
import { useDesk } from '../desk-context';

export function ReviewsButton(): JSX.Element {
  const { reviews } = useDesk();
  const isCurrent = reviews.spot.value !== null;
  const count = reviews.waiting.value;
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (isCurrent) button.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isCurrent]);

  return (
    <button
      ref={button}
      type="button"
      class="group"
      aria-current={isCurrent ? 'true' : undefined}
      onClick={() => {
        reviews.visit({});
      }}
    >
      <StarIcon size={16} />
      <span class="group-name">{t('inbox.reviews')}</span>
      <Count count={count} label={t('inbox.reviews.to_answer.count', { count })} />
    </button>
  );
}
