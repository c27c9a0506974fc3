/** The photos of a gallery, large. Arrows walk, Escape leaves, the focus goes back. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { t } from '../../i18n';
import { IconButton } from '../parts/Button';
import { ChevronLeftIcon, ChevronRightIcon, XIcon } from '../parts/icons';
import '../threads/lightbox.css';
import { EvidencePhoto } from './EvidencePhoto';
import type { GalleryProps } from './Gallery';

export interface EvidenceLightboxProps extends GalleryProps {
  index: number;
  onWalk: (index: number) => void;
  onClose: () => void;
}

export function EvidenceLightbox({ pieces, photos, alt, index, onWalk, onClose }: EvidenceLightboxProps): JSX.Element | null {
  const place = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const dialog = place.current;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>('.lightbox-close')?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const piece = pieces[index];
  if (piece === undefined) return null;
  const many = pieces.length > 1;
  const walk = (by: number): void => {
    onWalk((index + by + pieces.length) % pieces.length);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const forward = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    if (event.key === forward) walk(1);
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') walk(-1);
  };
  const where = t('photo.of', { number: index + 1, total: pieces.length });
  return (
    <dialog
      ref={place}
      class="lightbox"
      aria-label={where}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget || (event.target as Element).classList.contains('lightbox-stage')) onClose();
      }}
    >
      <div class="lightbox-head">
        <span class="figures" aria-live="polite">{many ? where : ''}</span>
        <IconButton class="lightbox-close" icon={XIcon} label={t('common.close')} onClick={onClose} />
      </div>
      <div class="lightbox-stage">
        <EvidencePhoto key={piece.id} piece={piece} photos={photos} variant="full" alt={alt(index + 1)} />
      </div>
      {many && (
        <>
          <IconButton class="lightbox-back" icon={ChevronLeftIcon} size="l" label={t('photo.previous')} onClick={() => { walk(-1); }} />
          <IconButton class="lightbox-on" icon={ChevronRightIcon} size="l" label={t('photo.next')} onClick={() => { walk(1); }} />
        </>
      )}
    </dialog>
  );
}
