/** Five stars, each of which leads to where they are given, with so many chosen. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { t } from '../../i18n';
import { FIVE, StarShape } from './star-shape';
import './star-picker.css';

export interface StarButtonsProps {
  /** What is rated. */
  label: string;
  onPick: (stars: number) => void;
  size?: number;
}

export function StarButtons({ label, onPick, size = 30 }: StarButtonsProps): JSX.Element {
  const [hovered, setHovered] = useState(0);
  return (
    <div class="star-picker" role="group" aria-label={label} onPointerLeave={() => { setHovered(0); }}>
      {FIVE.map((place) => (
        <button
          key={place}
          type="button"
          class="star-choice"
          aria-label={`${t('review.rate')}: ${t('review.stars', { count: place })}`}
          onPointerMove={({ pointerType }) => { if (pointerType === 'mouse') setHovered(place); }}
          onClick={() => { onPick(place); }}
        >
          <StarShape size={size} isOn={place <= hovered} />
        </button>
      ))}
    </div>
  );
}
