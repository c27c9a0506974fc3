/** The photos of a review, large. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { PublicPhoto } from '../../protocol/generated';
import { LightboxFrame } from '../../ui/threads/LightboxFrame';
import { useDesk } from '../desk-context';

export interface ShopLightboxProps {
  photos: readonly PublicPhoto[];
  index: number;
  onWalk: (index: number) => void;
  onClose: () => void;
}

export function ShopLightbox({ photos, index, onWalk, onClose }: ShopLightboxProps): JSX.Element {
  const { api } = useDesk().reviews;
  const photo = photos[index];
  return (
    <LightboxFrame index={index} total={photos.length} onWalk={onWalk} onClose={onClose}>
      {photo && <img key={photo.name} src={api.photoUrl(photo.name, 'full')} alt={t('inbox.reviews.photo')} width={photo.width} height={photo.height} draggable={false} />}
    </LightboxFrame>
  );
}
