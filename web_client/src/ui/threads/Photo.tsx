/** One stored photo, fetched with the reader's rights. Its place has its true shape before it is there. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { PhotoView } from '../../protocol/generated';
import type { Variant } from '../../services/photos';
import { usePhotos } from '../client';
import { ImageOffIcon } from '../parts/icons';

export interface PhotoProps {
  photo: PhotoView;
  variant: Variant;
  alt: string;
}

type Shown = { kind: 'loading' } | { kind: 'shown'; address: string } | { kind: 'missing' };

export function Photo({ photo, variant, alt }: PhotoProps): JSX.Element {
  const photos = usePhotos();
  const [shown, setShown] = useState<Shown>({ kind: 'loading' });

  useEffect(() => {
    let isHere = true;
    photos.address(photo.id, variant).then(
      (address) => {
        if (isHere) setShown({ kind: 'shown', address });
      },
      () => {
        if (isHere) setShown({ kind: 'missing' });
      },
    );
    return () => {
      isHere = false;
    };
  }, [photos, photo.id, variant]);

  if (shown.kind === 'missing') {
    return (
      <span class="photo-missing">
        <ImageOffIcon size={20} />
        <span class="unseen">{t('photo.missing')}</span>
      </span>
    );
  }
  if (shown.kind === 'loading') return <span class="skeleton photo-loading" />;
  return <img src={shown.address} alt={alt} width={photo.width} height={photo.height} draggable={false} />;
}
