/** Stars that were given, by one or by many. Those of ui/reviews/Stars come with all sentences about reviews: too many here. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { FIVE, StarShape } from '../ui/reviews/star-shape';
import { meanOf } from './names';

function Row({ isOn, size }: { isOn: (place: number) => boolean; size: number }): JSX.Element {
  return (
    <>
      {FIVE.map((place) => (
        <StarShape key={place} size={size} isOn={isOn(place)} />
      ))}
    </>
  );
}

export function Given({ stars, size = 16 }: { stars: number; size?: number }): JSX.Element {
  return (
    <span class="stars" role="img" aria-label={t('reader.stars', { count: stars })}>
      <Row size={size} isOn={(place) => place <= stars} />
    </span>
  );
}

/** The mean of many: as much of the row is full as it says. */
export function Mean({ average, size }: { average: string; size: number }): JSX.Element {
  const share = `${String(Math.min(100, Number(average) * 20))}%`;
  return (
    <span class="mean-stars" role="img" aria-label={t('reader.average', { average: meanOf(average) })}>
      <span class="stars">
        <Row size={size} isOn={() => false} />
      </span>
      <span class="stars mean-full" style={{ inlineSize: share }}>
        <Row size={size} isOn={() => true} />
      </span>
    </span>
  );
}
