/** One photo of a text that waits, on the whole screen. */
import type { JSX } from 'preact';

import { LightboxFrame } from '../../ui/threads/LightboxFrame';
import { Stored } from './Photos';

export interface PhotoBoxProps {
  addresses: readonly string[];
  at: number;
  onWalk: (at: number) => void;
  onClose: () => void;
}

export function PhotoBox({ addresses, at, onWalk, onClose }: PhotoBoxProps): JSX.Element {
  return (
    <LightboxFrame index={at} total={addresses.length} onWalk={onWalk} onClose={onClose}>
      <Stored key={at} address={addresses[at] ?? ''} number={at + 1} />
    </LightboxFrame>
  );
}
