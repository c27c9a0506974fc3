/** Five bars, which are buttons: a press shows the reviews with these stars, another one all. */
import type { JSX } from 'preact';

import { formatNumber, t } from '../i18n';
import { FIVE, StarShape } from '../ui/reviews/star-shape';
import { around } from './around';

const DOWNWARDS = [...FIVE].reverse();

export function Histogram(): JSX.Element {
  const { reading } = around();
  const { counts = [], texts = 0 } = reading.head.value?.histogram ?? {};
  return (
    <div class="bars" role="group" aria-label={t('reader.by_stars')}>
      {DOWNWARDS.map((stars) => (
        <Bar key={stars} stars={stars} count={counts[stars - 1] ?? 0} most={Math.max(1, ...counts)} isOff={texts === 0} />
      ))}
    </div>
  );
}

interface BarProps {
  stars: number;
  count: number;
  /** What the longest bar stands for. */
  most: number;
  /** Whether there is nothing to filter. */
  isOff: boolean;
}

function Bar({ stars, count, most, isOff }: BarProps): JSX.Element {
  const { reading } = around();
  const isOn = reading.filter.value.stars === stars;
  return (
    <button
      type="button"
      class="bar"
      aria-pressed={isOn}
      disabled={isOff || (count === 0 && !isOn)}
      onClick={() => void reading.want({ stars: isOn ? undefined : stars })}
    >
      <span class="unseen">{`${t('reader.stars', { count: stars })}: ${t('reader.ratings', { count })}`}</span>
      <span class="bar-stars figures" aria-hidden="true">
        {formatNumber(stars)}
        <StarShape size={13} isOn />
      </span>
      <span class="bar-line">
        <span class="bar-full" style={{ inlineSize: `${String((count / most) * 100)}%` }} />
      </span>
      <span class="bar-count figures" aria-hidden="true">{formatNumber(count)}</span>
    </button>
  );
}
