/** Five stars to choose from: one stop for the Tab key; arrows, digits, Home and End choose. */
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';

import { dir, t } from '../../i18n';
import { starsOfKey } from './star-keys';
import { FIVE, StarShape } from './star-shape';
import './star-picker.css';

export interface StarPickerProps {
  /** None: 0. */
  stars: number;
  onPick: (stars: number) => void;
  /** What is rated. */
  label: string;
  size?: number;
  /** Says below in a word what the stars mean. */
  hasWord?: boolean;
}

export function StarPicker({ stars, onPick, label, size = 40, hasWord = false }: StarPickerProps): JSX.Element {
  const [hovered, setHovered] = useState(0);
  const group = useRef<HTMLDivElement>(null);
  const shown = hovered === 0 ? stars : hovered;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const chosen = starsOfKey(event.key, stars, dir.value === 'rtl');
    if (chosen === null) return;
    event.preventDefault();
    onPick(chosen);
    group.current?.querySelectorAll<HTMLElement>('[role=radio]')[chosen - 1]?.focus();
  };

  const picker = (
    <div ref={group} class="star-picker" role="radiogroup" aria-label={label} onKeyDown={onKeyDown} onPointerLeave={() => { setHovered(0); }}>
      {FIVE.map((place) => (
        <button
          key={place}
          type="button"
          role="radio"
          class="star-choice"
          aria-checked={place === stars}
          aria-label={`${t('review.stars', { count: place })}, ${t(`review.word.${place}`)}`}
          tabIndex={place === (stars === 0 ? 1 : stars) ? 0 : -1}
          onPointerMove={({ pointerType }) => { if (pointerType === 'mouse') setHovered(place); }}
          onClick={() => { onPick(place); }}
        >
          <StarShape size={size} isOn={place <= shown} />
        </button>
      ))}
    </div>
  );
  return hasWord ? (
    <div class="star-rating">
      {picker}
      <StarWord stars={shown} />
    </div>
  ) : (
    picker
  );
}

/** Each star's label says it too, so ears need it no second time. */
function StarWord({ stars }: { stars: number }): JSX.Element {
  const word = FIVE.find((place) => place === stars);
  return (
    <p class={`star-word${word === undefined ? ' quiet' : ''}`} aria-hidden={word !== undefined}>
      {t(word === undefined ? 'review.word.none' : `review.word.${word}`)}
    </p>
  );
}
