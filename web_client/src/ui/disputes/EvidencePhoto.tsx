/** One photo of a gallery, fetched with the reader's rights. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { EvidenceView } from '../../protocol/generated';
import { Photos, type Variant } from '../../services/photos';
import { ImageOffIcon } from '../parts/icons';
import './evidence.css';

/** Where the photos of one dispute come from. */
export type EvidencePhotos = Pick<Photos, 'address'>;

/** Of the service of whoever looks: `DisputesApi.evidence`, or that of the console. */
export function evidencePhotos(load: (evidence: string, variant: Variant) => Promise<Blob>): Photos {
  return new Photos({ photo: load });
}

/** A photo by its id; how large it is may be known. */
export type Piece = Pick<EvidenceView, 'id' | 'width' | 'height'>;

export interface EvidencePhotoProps {
  piece: Piece;
  photos: EvidencePhotos;
  variant: Variant;
  alt: string;
}

export function EvidencePhoto({ piece, photos, variant, alt }: EvidencePhotoProps): JSX.Element {
  const [address, setAddress] = useState<string | null | undefined>(undefined);
  useEffect(() => {
    let isHere = true;
    const show = (found: string | null): void => {
      if (isHere) setAddress(found);
    };
    photos.address(piece.id, variant).then(show, () => { show(null); });
    return () => {
      isHere = false;
    };
  }, [photos, piece.id, variant]);

  if (address === undefined) return <span class="skeleton evidence-loading" />;
  if (address === null) {
    return (
      <span class="evidence-missing">
        <ImageOffIcon size={20} />
        <span class="unseen">{t('photo.missing')}</span>
      </span>
    );
  }
  return <img src={address} alt={alt} width={piece.width} height={piece.height} draggable={false} />;
}
