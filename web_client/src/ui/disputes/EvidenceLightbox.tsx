/** The photos of a gallery, large. */
import type { JSX } from 'preact';

import { LightboxFrame } from '../threads/LightboxFrame';
import { EvidencePhoto } from './EvidencePhoto';
import type { GalleryProps } from './Gallery';

export interface EvidenceLightboxProps extends GalleryProps {
  index: number;
  onWalk: (index: number) => void;
  onClose: () => void;
}

export function EvidenceLightbox({ pieces, photos, alt, index, onWalk, onClose }: EvidenceLightboxProps): JSX.Element | null {
  const piece = pieces[index];
  if (piece === undefined) return null;
  return (
    <LightboxFrame index={index} total={pieces.length} onWalk={onWalk} onClose={onClose}>
      <EvidencePhoto key={piece.id} piece={piece} photos={photos} variant="full" alt={alt(index + 1)} />
    </LightboxFrame>
  );
}
