/** The photos of a review, large. Arrows walk, Escape leaves, the focus goes back. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

import { t } from '../../i18n';
import type { PublicPhoto } from '../../protocol/generated';
import { IconButton } from '../../ui/parts/Button';
import { ChevronLeftIcon, ChevronRightIcon, XIcon } from '../../ui/parts/icons';
import '../../ui/threads/lightbox.css';
import { useDesk } from '../desk-context';

export interface ShopLightboxProps {
  photos: readonly PublicPhoto[];
  index: number;
  onWalk: (index: number) => void;
  onClose: () => void;
}

export function ShopLightbox({ photos, index, onWalk, onClose }: ShopLightboxProps): JSX.Element {
  const { api } = useDesk().reviews;
  const place = useRef<HTMLDialogElement>(null);
  const photo = photos[index];
  const of = t('photo.of', { number: index + 1, total: photos.length });

  useLayoutEffect(() => {
    const dialog = place.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  const walk = (by: number): void => {
    onWalk((index + by + photos.length) % photos.length);
  };
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    const [forward, back] = document.documentElement.dir === 'rtl' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
    if (key === forward) walk(1);
    if (key === back) walk(-1);
  };

  return (
    <dialog
      ref={place}
      class="lightbox"
      aria-label={of}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={({ target, currentTarget }) => {
        if (target === currentTarget || (target as Element).classList.contains('lightbox-stage')) onClose();
      }}
    >
      <div class="lightbox-head">
        <span class="figures" aria-live="polite">
          {photos.length > 1 ? of : ''}
        </span>
        <IconButton icon={XIcon} label={t('common.close')} onClick={onClose} />
      </div>
      <div class="lightbox-stage">
        {photo && <img key={photo.name} src={api.photoUrl(photo.name, 'full')} alt={t('inbox.reviews.photo')} width={photo.width} height={photo.height} draggable={false} />}
      </div>
      {photos.length > 1 && (
        <>
          <IconButton class="lightbox-back" icon={ChevronLeftIcon} size="l" label={t('photo.previous')} onClick={() => { walk(-1); }} />
          <IconButton class="lightbox-on" icon={ChevronRightIcon} size="l" label={t('photo.next')} onClick={() => { walk(1); }} />
        </>
      )}
    </dialog>
  );
}
