/** One photo on the whole screen. Arrows walk, Escape leaves, the focus goes back. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

import { t } from '../../i18n';
import { IconButton } from '../../ui/parts/Button';
import { ChevronLeftIcon, ChevronRightIcon, XIcon } from '../../ui/parts/icons';
import { Stored } from './Photos';
import '../../ui/threads/lightbox.css';

export interface PhotoBoxProps {
  addresses: readonly string[];
  at: number;
  onWalk: (at: number) => void;
  onClose: () => void;
}

export function PhotoBox({ addresses, at, onWalk, onClose }: PhotoBoxProps): JSX.Element {
  const place = useRef<HTMLDialogElement>(null);
  const total = addresses.length;

  useLayoutEffect(() => {
    const [dialog, before] = [place.current, document.activeElement];
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>('.lightbox-close')?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  const walk = (by: number): void => {
    onWalk((at + by + total) % total);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const forward = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    if (event.key === forward) walk(1);
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') walk(-1);
  };
  const name = t('photo.of', { number: at + 1, total });

  return (
    <dialog
      ref={place}
      class="lightbox"
      aria-label={name}
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
        <span class="figures" aria-live="polite">
          {total > 1 ? name : ''}
        </span>
        <IconButton class="lightbox-close" icon={XIcon} label={t('common.close')} onClick={onClose} />
      </div>
      <div class="lightbox-stage">
        <Stored key={at} address={addresses[at] ?? ''} number={at + 1} />
      </div>
      {total > 1 && (
        <>
          <IconButton class="lightbox-back" icon={ChevronLeftIcon} size="l" label={t('photo.previous')} onClick={() => { walk(-1); }} />
          <IconButton class="lightbox-on" icon={ChevronRightIcon} size="l" label={t('photo.next')} onClick={() => { walk(1); }} />
        </>
      )}
    </dialog>
  );
}
