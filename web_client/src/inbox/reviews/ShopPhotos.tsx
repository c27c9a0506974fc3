/** The published photos of a text: small ones in a row, a press shows them large. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { PublicPhoto } from '../../protocol/generated';
import { Later } from '../../ui/Later';
import { useDesk } from '../desk-context';
import type { ShopLightboxProps } from './ShopLightbox';
import './shop-photos.css';

const loadLightbox = async (): Promise<(props: ShopLightboxProps) => JSX.Element> => (await import('./ShopLightbox')).ShopLightbox;

export function ShopPhotos({ photos, label }: { photos: readonly PublicPhoto[]; label: string }): JSX.Element {
  const { api } = useDesk().reviews;
  const [open, setOpen] = useState<number | null>(null);
  return (
    <>
      <ul class="shop-photos" aria-label={label}>
        {photos.map((photo, index) => (
          <li key={photo.name}>
            <button
              type="button"
              aria-label={`${t('photo.open')} ${t('photo.of', { number: index + 1, total: photos.length })}`}
              onClick={() => {
                setOpen(index);
              }}
            >
              <img src={api.photoUrl(photo.name, 'thumb')} alt="" width={72} height={72} loading="lazy" decoding="async" />
            </button>
          </li>
        ))}
      </ul>
      {open !== null && (
        <Later
          load={loadLightbox}
          props={{
            photos,
            index: open,
            onWalk: setOpen,
            onClose: () => {
              setOpen(null);
            },
          }}
        />
      )}
    </>
  );
}
