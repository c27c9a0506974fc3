/** What a review is about: the picture, the name, the shop. */
import type { ComponentChildren, JSX } from 'preact';

import type { Reviewed } from '../../protocol/generated';
import { PackageIcon } from '../parts/icons';
import { Picture } from '../threads/SubjectPicture';
import './about.css';

export interface AboutProps {
  about: Reviewed;
  size?: number;
  /** Under the name, in place of the shop's. */
  note?: ComponentChildren;
}

export function About({ about, size = 52, note }: AboutProps): JSX.Element {
  const blank = (
    <span class="about-blank" style={{ inlineSize: `${String(size)}px`, blockSize: `${String(size)}px` }}>
      <PackageIcon size={22} />
    </span>
  );
  return (
    <div class="about">
      <Picture address={about.photo_url} size={size} rest={blank} />
      <div class="about-words">
        <p class="about-title" dir="auto">
          {about.title}
        </p>
        <p class="about-note">{note ?? <bdi>{about.shop.name}</bdi>}</p>
      </div>
    </div>
  );
}
