/** Files that are chosen, pasted or dropped, on their way into the tray. */
import type { ComponentChildren, JSX, Ref } from 'preact';
import { useState } from 'preact/hooks';

import { t } from '../../i18n';
import { LIMITS } from '../../protocol/generated';
import type { Uploads } from '../../services/uploads';
import { showToast } from '../parts/Toast';
import './tray.css';

/** The files of a chooser, a paste or a drop as a list. */
export function photosOf(files: FileList | null | undefined): File[] {
  return [...(files ?? [])];
}

/** Puts files into the tray and says what did not go in, and why. */
export function takeFiles(uploads: Uploads, files: readonly File[]): void {
  const { foreign, tooMany } = uploads.add(files);
  if (foreign > 0) showToast({ text: t('composer.not_a_photo'), tone: 'danger' });
  if (tooMany > 0) showToast({ text: t('composer.too_many_photos', { count: LIMITS.photos }), tone: 'danger' });
}

export interface DropPlaceProps {
  children: ComponentChildren;
  onFiles: (files: File[]) => void;
}

/** Photos may be dropped here; while they hover it says so. */
export function DropPlace({ children, onFiles }: DropPlaceProps): JSX.Element {
  const [isOver, setOver] = useState(false);
  return (
    <div
      class="drop-place"
      onDragOver={(event) => {
        if (event.dataTransfer?.types.includes('Files') !== true) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles(photosOf(event.dataTransfer?.files));
      }}
    >
      {children}
      {isOver && <div class="drop-hint">{t('composer.drop')}</div>}
    </div>
  );
}

export interface PhotoInputProps {
  innerRef: Ref<HTMLInputElement>;
  onFiles: (files: File[]) => void;
}

/** The chooser of the browser; a button of the screen opens it. */
export function PhotoInput({ innerRef, onFiles }: PhotoInputProps): JSX.Element {
  return (
    <input
      ref={innerRef}
      type="file"
      class="unseen"
      accept="image/jpeg,image/png,image/webp,image/heic,image/heif"
      multiple
      tabIndex={-1}
      aria-hidden="true"
      onChange={(event) => {
        onFiles(photosOf(event.currentTarget.files));
        event.currentTarget.value = '';
      }}
    />
  );
}
