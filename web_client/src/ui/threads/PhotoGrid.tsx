/** The photos of one message: one in its own shape, several as a mosaic; a press opens them large. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { PhotoView } from '../../protocol/generated';
import { Photo } from './Photo';
import './photo-grid.css';

export interface PhotoGridProps {
  photos: readonly PhotoView[];
  /** Who sent them. */
  name: string;
  onOpen: (index: number) => void;
}

/** More are behind the last one, which says how many. */
const MOST = 4;

export function PhotoGrid({ photos, name, onOpen }: PhotoGridProps): JSX.Element {
  const shown = photos.slice(0, MOST);
  const hidden = photos.length - shown.length;
  return (
    <div class={`photo-grid photo-grid-${String(shown.length)}`}>
      {shown.map((photo, index) => (
        <button
          key={photo.id}
          type="button"
          class="photo-cell"
          aria-label={label(index, photos.length, index === MOST - 1 ? hidden : 0)}
          style={shown.length === 1 ? { aspectRatio: String(shapeOf(photo)) } : undefined}
          onClick={() => {
            onOpen(index);
          }}
        >
          <Photo photo={photo} variant="thumb" alt={t('photo.alt', { name })} />
          {hidden > 0 && index === MOST - 1 && <span class="photo-more figures">+{hidden}</span>}
        </button>
      ))}
    </div>
  );
}

function label(index: number, total: number, hidden: number): string {
  const more = hidden > 0 ? ` +${String(hidden)}` : '';
  return `${t('photo.open')} ${t('photo.of', { number: index + 1, total })}${more}`;
}

/** Very long or very tall photos are cut in the conversation; large they are whole. */
function shapeOf({ width, height }: PhotoView): number {
  return Math.min(2, Math.max(0.6, width / height));
}
