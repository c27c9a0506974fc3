/** The product that a conversation is about, as a picture; initials where there is none, or it does not come. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import type { ThreadView } from '../../protocol/generated';
import { isSupport, otherName } from '../../state/select';
import { Avatar } from '../parts/Avatar';
import { SupportMark } from './SupportMark';

export interface SubjectPictureProps {
  view: ThreadView;
  size: number;
}

export function SubjectPicture({ view, size }: SubjectPictureProps): JSX.Element {
  const address = view.product?.photo_url ?? view.order?.lines[0]?.photo_url ?? '';
  const isShop = view.my_side === 'customer';
  if (isSupport(view)) return <SupportMark view={view} size={size} />;
  const rest = <Avatar name={otherName(view)} size={size} shape={isShop ? 'square' : 'round'} />;
  return <Picture address={address} size={size} rest={rest} />;
}

/** A picture of the marketplace's own; it learns nothing of who looks. */
export function Picture({ address, size, rest }: { address: string; size: number; rest: JSX.Element }): JSX.Element {
  const [broken, setBroken] = useState('');
  if (address === '' || broken === address) return rest;
  return (
    <img
      class="picture"
      src={address}
      alt=""
      width={size}
      height={size}
      loading="lazy"
      decoding="async"
      referrerpolicy="no-referrer"
      onError={() => {
        setBroken(address);
      }}
    />
  );
}
