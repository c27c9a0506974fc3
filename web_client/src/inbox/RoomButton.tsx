/** The way into a room beside the conversations, with how much in it waits for the shop. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { Count } from '../ui/parts/Count';
import type { IconPart } from '../ui/parts/icons';

export interface RoomButtonProps {
  icon: IconPart;
  name: string;
  isCurrent: boolean;
  count?: number;
  /** The count as a sentence for ears. */
  countLabel?: string;
  onOpen: () => void;
}

export function RoomButton({ icon: Icon, name, isCurrent, count = 0, countLabel = '', onOpen }: RoomButtonProps): JSX.Element {
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (isCurrent) button.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isCurrent]);

  return (
    <button ref={button} type="button" class="group" aria-current={isCurrent ? 'true' : undefined} onClick={onOpen}>
      <Icon size={16} />
      <span class="group-name">{name}</span>
      <Count count={count} label={countLabel} />
    </button>
  );
}
