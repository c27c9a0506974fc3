/** Photos in a row; a press opens them large. */
import type { ComponentType, JSX } from 'preact';
import { useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { EvidenceView } from '../../protocol/generated';
import { Later } from '../Later';
import { EvidencePhoto, type EvidencePhotos } from './EvidencePhoto';
import type { EvidenceLightboxProps } from './EvidenceLightbox';

export interface GalleryProps {
  pieces: readonly EvidenceView[];
  photos: EvidencePhotos;
  /** Who put them in. */
  name: string;
}

const loadLightbox = async (): Promise<ComponentType<EvidenceLightboxProps>> => (await import('./EvidenceLightbox')).EvidenceLightbox;

export function Gallery({ pieces, photos, name }: GalleryProps): JSX.Element | null {
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
              <EvidencePhoto piece={piece} photos={photos} variant="thumb" alt={t('photo.alt', { name })} />
            </button>
          </li>
        ))}
      </ul>
      {open !== null && <Later load={loadLightbox} props={{ pieces, photos, name, index: open, onWalk: setOpen, onClose: () => { setOpen(null); } }} />}
    </>
  );
}
