/** The photos of a text, large enough to judge most of them; larger still one by one. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { t } from '../../i18n';
import { ImageOffIcon } from '../../ui/parts/icons';
import { useModeration } from './context';
import { PhotoBox } from './PhotoBox';
import type { Judged } from './watch';

/** So many are shown in their full size. */
const FEW = 2;

export function Photos({ text: { photos } }: { text: Judged }): JSX.Element | null {
  const { api } = useModeration();
  const [open, setOpen] = useState<number | null>(null);
  if (photos.length === 0) return null;
  return (
    <>
      <ul class={`judged-photos${photos.length > FEW ? ' judged-photos-many' : ''}`}>
        {photos.map((id, at) => (
          <li key={id}>
            <button type="button" class="judged-photo" onClick={() => { setOpen(at); }}>
              <Stored address={api.photoUrl(id, photos.length > FEW ? 'thumb' : 'full')} number={at + 1} />
            </button>
          </li>
        ))}
      </ul>
      {open !== null && (
        <PhotoBox
          addresses={photos.map((id) => api.photoUrl(id, 'full'))}
          at={open}
          onWalk={setOpen}
          onClose={() => { setOpen(null); }}
        />
      )}
    </>
  );
}

/** A photo, or a word where it could not be fetched. */
export function Stored({ address, number }: { address: string; number: number }): JSX.Element {
  const [isMissing, setMissing] = useState(false);
  if (isMissing) {
    return (
      <span class="photo-missing">
        <ImageOffIcon size={20} />
        <span>{t('photo.missing')}</span>
      </span>
    );
  }
  return <img src={address} alt={t('console.moderation.photo', { number })} draggable={false} onError={() => { setMissing(true); }} />;
}
