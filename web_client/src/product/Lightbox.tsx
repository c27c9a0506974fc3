/** Photos in the whole window. Arrows and swipes walk, Escape leaves. Where the focus goes back to, the frame knows. */
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

import { dir, t } from '../i18n';
import { IconButton } from '../ui/parts/Button';
import { ChevronLeftIcon, ChevronRightIcon, XIcon } from '../ui/parts/icons';
import { around } from './around';
import './lightbox.css';

/** A finger that moves less did not swipe. */
const SWIPE_PX = 40;

export function Lightbox(): JSX.Element | null {
  const { frame } = around();
  const place = useRef<HTMLDialogElement>(null);
  const from = useRef(0);
  useModal(place);
  const { photos = [], index = 0 } = frame.looking.value ?? {};
  const photo = photos[index];
  if (photo === undefined) return null;

  const close = (): void => {
    frame.look(null);
  };
  const walk = (by: number): void => {
    frame.looking.value = { photos, index: (index + by + photos.length) % photos.length };
  };
  /** `by`: to the right where it is above zero. */
  const go = (by: number): void => {
    walk(dir.value === 'rtl' ? -by : by);
  };
  const words = t('reader.photo', { number: index + 1, total: photos.length });

  return (
    <dialog
      ref={place}
      class="lightbox"
      aria-label={words}
      onKeyDown={({ key }) => {
        if (key === 'ArrowRight') go(1);
        else if (key === 'ArrowLeft') go(-1);
      }}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onPointerDown={({ clientX }) => {
        from.current = clientX;
      }}
      onPointerUp={({ clientX, pointerType }) => {
        if (pointerType !== 'mouse' && Math.abs(clientX - from.current) > SWIPE_PX) go(clientX < from.current ? 1 : -1);
      }}
    >
      <div class="lightbox-head">
        <span class="figures" aria-live="polite">
          {photos.length > 1 && words}
        </span>
        <IconButton icon={XIcon} label={t('reader.photo.close')} size="l" onClick={close} />
      </div>
      <img key={photo.name} src={frame.api.photoUrl(photo.name, 'full')} alt={words} width={photo.width} height={photo.height} draggable={false} />
      {photos.length > 1 && (
        <>
          <IconButton class="lightbox-back" icon={ChevronLeftIcon} size="l" label={t('reader.photo.previous')} onClick={() => { walk(-1); }} />
          <IconButton class="lightbox-on" icon={ChevronRightIcon} size="l" label={t('reader.photo.next')} onClick={() => { walk(1); }} />
        </>
      )}
    </dialog>
  );
}

/** Opens it above the rest of the frame; what turns the wheel there does not move the page behind. */
function useModal(place: { readonly current: HTMLDialogElement | null }): void {
  useLayoutEffect(() => {
    const dialog = place.current;
    dialog?.showModal();
    return () => {
      dialog?.close();
    };
  }, [place]);
  useEffect(() => {
    const stop = (event: Event): void => {
      event.preventDefault();
    };
    addEventListener('wheel', stop, { passive: false });
    return () => {
      removeEventListener('wheel', stop);
    };
  }, []);
}
