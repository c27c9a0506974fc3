/** A window above the screen. The browser's own modal dialog holds the focus inside; it goes back where it came from. */
import type { ComponentChildren, JSX } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../i18n';
import { IconButton } from './Button';
import { XIcon } from './icons';
import './dialog.css';

export interface DialogProps {
  title: string;
  children: ComponentChildren;
  /** Buttons at the foot, the chief one last. */
  foot?: ComponentChildren;
  /** Asked for by Escape, the cross, or a press beside the window. */
  onClose: () => void;
  size?: 's' | 'm' | 'l';
  /** `sheet`: along the end of the screen; all of it on a phone. */
  look?: 'window' | 'sheet';
}

/** Open while it is rendered. */
export function Dialog({ title, children, foot, onClose, size = 'm', look = 'window' }: DialogProps): JSX.Element {
  const place = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  // At once: the next key is already meant for it.
  useLayoutEffect(() => {
    const dialog = place.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  return (
    <dialog
      ref={place}
      class={`dialog dialog-${size} dialog-${look}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === place.current) onClose();
      }}
    >
      <div class="dialog-frame">
        <div class="dialog-head">
          <h2 id={titleId}>{title}</h2>
          <IconButton icon={XIcon} label={t('common.close')} onClick={onClose} />
        </div>
        <div class="dialog-body scroll">{children}</div>
        {foot !== undefined && <div class="dialog-foot">{foot}</div>}
      </div>
    </dialog>
  );
}
