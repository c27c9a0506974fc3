/** What a review is about: the picture, the name, the shop. */
import type { ComponentChildren, JSX } from 'preact';

import type { Reviewed } from '../../protocol/generated';
import { PackageIcon } from '../parts/icons';
import { Picture } from '../threads/SubjectPicture';
import './subject.css';

export interface SubjectProps {
  about: Reviewed;
  size?: number;
  /** Under the name, in place of the shop's. */
  note?: ComponentChildren;
}

export function Subject({ about, size = 52, note }: SubjectProps): JSX.Element {
  const blank = (
    <span class="subject-blank" style={{ inlineSize: `${String(size)}px`, blockSize: `${String(size)}px` }}>
      <PackageIcon size={22} />
    </span>
  );
  return (
    <div class="subject">
      <Picture address={about.photo_url} size={size} rest={blank} />
      <div class="subject-words">
        <p class="subject-title" dir="auto">
          {about.title}
        </p>
        <p class="subject-note">{note ?? <bdi>{about.shop.name}</bdi>}</p>
      </div>
    </div>
  );
}
