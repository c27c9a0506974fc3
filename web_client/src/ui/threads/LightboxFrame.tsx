/** Photos on the whole screen, one at a time. Arrows walk, Escape leaves, the focus goes back. What is shown is the caller's. */
import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

import { t } from '../../i18n';
import { IconButton } from '../parts/Button';
import { ChevronLeftIcon, ChevronRightIcon, XIcon } from '../parts/icons';
import './lightbox.css';

export interface LightboxFrameProps {
  index: number;
  total: number;
  onWalk: (index: number) => void;
  onClose: () => void;
  /** What may be done with the photo beside looking at it. */
  tools?: ComponentChildren;
  children: ComponentChildren;
}

export function LightboxFrame({ index, total, onWalk, onClose, tools, children }: LightboxFrameProps): JSX.Element {
  const place = useRef<HTMLDialogElement>(null);
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
    onWalk((index + by + total) % total);
  };
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    const [forward, back] = document.documentElement.dir === 'rtl' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
    if (key === forward) walk(1);
    if (key === back) walk(-1);
  };
  const where = t('photo.of', { number: index + 1, total });

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
      onClick={({ target, currentTarget }) => {
        if (target === currentTarget || (target as Element).classList.contains('lightbox-stage')) onClose();
      }}
    >
      <div class="lightbox-head">
        <span class="figures" aria-live="polite">{total > 1 ? where : ''}</span>
        {tools}
        <IconButton class="lightbox-close" icon={XIcon} label={t('common.close')} onClick={onClose} />
      </div>
      <div class="lightbox-stage">{children}</div>
      {total > 1 && (
        <>
          <IconButton class="lightbox-back" icon={ChevronLeftIcon} size="l" label={t('photo.previous')} onClick={() => { walk(-1); }} />
          <IconButton class="lightbox-on" icon={ChevronRightIcon} size="l" label={t('photo.next')} onClick={() => { walk(1); }} />
        </>
      )}
    </dialog>
  );
}
