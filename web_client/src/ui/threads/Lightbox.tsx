/** The photos of a message, large. Arrows walk, Escape leaves, the focus goes back. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { t } from '../../i18n';
import { usePhotos } from '../client';
import { IconButton } from '../parts/Button';
import { ChevronLeftIcon, ChevronRightIcon, DownloadIcon, XIcon } from '../parts/icons';
import { tellRefusal } from '../refusals';
import { Photo } from './Photo';
import { useTalk } from './talk';
import './lightbox.css';

export function Lightbox(): JSX.Element | null {
  const talk = useTalk();
  const photos = usePhotos();
  const place = useRef<HTMLDialogElement>(null);
  const open = talk.lightbox.value;

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

  const all = open?.message.photos ?? [];
  const photo = all[open?.index ?? 0];
  if (open === null || photo === undefined) return null;

  const close = (): void => {
    talk.lightbox.value = null;
  };
  const walk = (by: number): void => {
    const index = (open.index + by + all.length) % all.length;
    talk.lightbox.value = { ...open, index };
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const forward = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    if (event.key === forward) walk(1);
    else if (event.key.startsWith('Arrow') && event.key !== 'ArrowUp' && event.key !== 'ArrowDown') walk(-1);
  };
  const place_ = t('photo.of', { number: open.index + 1, total: all.length });

  return (
    <dialog
      ref={place}
      class="lightbox"
      aria-label={place_}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget || (event.target as Element).classList.contains('lightbox-stage')) close();
      }}
    >
      <div class="lightbox-head">
        <span class="figures" aria-live="polite">
          {all.length > 1 ? place_ : ''}
        </span>
        <IconButton icon={DownloadIcon} label={t('photo.download')} onClick={() => void save(photos.address(photo.id, 'full'))} />
        <IconButton class="lightbox-close" icon={XIcon} label={t('common.close')} onClick={close} />
      </div>
      <div class="lightbox-stage">
        <Photo key={photo.id} photo={photo} variant="full" alt={t('photo.alt', { name: talk.otherName.value })} />
      </div>
      {all.length > 1 && (
        <>
          <IconButton class="lightbox-back" icon={ChevronLeftIcon} size="l" label={t('photo.previous')} onClick={() => { walk(-1); }} />
          <IconButton class="lightbox-on" icon={ChevronRightIcon} size="l" label={t('photo.next')} onClick={() => { walk(1); }} />
        </>
      )}
    </dialog>
  );
}

async function save(address: Promise<string>): Promise<void> {
  try {
    const link = document.createElement('a');
    link.href = await address;
    link.download = 'photo.jpg';
    link.click();
  } catch (thrown) {
    tellRefusal(thrown);
  }
}
