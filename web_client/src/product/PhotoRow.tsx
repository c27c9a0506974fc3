/** The photos of a text, small; a press shows them in the whole window. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import type { PublicPhoto } from '../protocol/generated';
import { around } from './around';

export function PhotoRow({ photos = [] }: { photos: readonly PublicPhoto[] | undefined }): JSX.Element | null {
  const { frame } = around();
  if (photos.length === 0) return null;
  return (
    <ul class="photos">
      {photos.map((photo, index) => (
        <li key={photo.name}>
          <button
            type="button"
            class="photo"
            aria-haspopup="dialog"
            onClick={() => {
              frame.look({ photos, index });
            }}
          >
            <img
              src={frame.api.photoUrl(photo.name, 'thumb')}
              alt={t('reader.photo', { number: index + 1, total: photos.length })}
              width={88}
              height={88}
              loading="lazy"
            />
          </button>
        </li>
      ))}
    </ul>
  );
}
