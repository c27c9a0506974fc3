/** The photos of a message, large, and a way to keep them. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { usePhotos } from '../client';
import { IconButton } from '../parts/Button';
import { DownloadIcon } from '../parts/icons';
import { tellRefusal } from '../refusals';
import { LightboxFrame } from './LightboxFrame';
import { Photo } from './Photo';
import { useTalk } from './talk';

export function Lightbox(): JSX.Element | null {
  const talk = useTalk();
  const photos = usePhotos();
  const open = talk.lightbox.value;
  const all = open?.message.photos ?? [];
  const photo = all[open?.index ?? 0];
  if (open === null || photo === undefined) return null;
  return (
    <LightboxFrame
      index={open.index}
      total={all.length}
      onWalk={(index) => { talk.lightbox.value = { ...open, index }; }}
      onClose={() => { talk.lightbox.value = null; }}
      tools={<IconButton icon={DownloadIcon} label={t('photo.download')} onClick={() => void save(photos.address(photo.id, 'full'))} />}
    >
      <Photo key={photo.id} photo={photo} variant="full" alt={t('photo.alt', { name: talk.otherName.value })} />
    </LightboxFrame>
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
