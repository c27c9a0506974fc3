/** Stars that were given, said in words to who does not see them. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { FIVE, StarShape } from './star-shape';

export function Stars({ stars, size = 16 }: { stars: number; size?: number }): JSX.Element {
  return (
    <span class="stars" role="img" aria-label={t('review.stars', { count: stars })}>
      {FIVE.map((place) => (
        <StarShape key={place} size={size} isOn={place <= stars} />
      ))}
    </span>
  );
}
