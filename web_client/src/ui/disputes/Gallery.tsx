/** Photos in a row; a press opens them large. */
import type { ComponentType, JSX } from 'preact';
import { useState } from 'preact/hooks';

import { t } from '../../i18n';
import { Later } from '../Later';
import { EvidencePhoto, type EvidencePhotos, type Piece } from './EvidencePhoto';
import type { EvidenceLightboxProps } from './EvidenceLightbox';

export interface GalleryProps {
  pieces: readonly Piece[];
  photos: EvidencePhotos;
  /** What the photo in this place, from 1, is called. */
  alt: (number: number) => string;
}

const loadLightbox = async (): Promise<ComponentType<EvidenceLightboxProps>> => (await import('./EvidenceLightbox')).EvidenceLightbox;

export function Gallery({ pieces, photos, alt }: GalleryProps): JSX.Element | null {
  const [open, setOpen] = useState<number | null>(null);
  if (pieces.length === 0) return null;
  return (
    <>
      <ul class="evidence-photos">
        {pieces.map((piece, index) => (
          <li key={piece.id}>
            <button
              type="button"
              class="evidence-photo"
              aria-label={`${t('photo.open')} ${t('photo.of', { number: index + 1, total: pieces.length })}`}
              onClick={() => { setOpen(index); }}
            >
              <EvidencePhoto piece={piece} photos={photos} variant="thumb" alt={alt(index + 1)} />
            </button>
          </li>
        ))}
      </ul>
      {open !== null && <Later load={loadLightbox} props={{ pieces, photos, alt, index: open, onWalk: setOpen, onClose: () => { setOpen(null); } }} />}
    </>
  );
}
