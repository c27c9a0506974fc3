/** Opens the emoji; they are fetched when somebody wants them for the first time. */
import type { ComponentType, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { t } from '../../i18n';
import { IconButton } from '../parts/Button';
import { SmileIcon } from '../parts/icons';

export interface EmojiButtonProps {
  area: { current: HTMLTextAreaElement | null };
  /** The whole text with the emoji where the cursor was. */
  onPick: (text: string) => void;
}

type Picker = ComponentType<{ onPick: (emoji: string) => void }>;

export function EmojiButton({ area, onPick }: EmojiButtonProps): JSX.Element {
  const [picker, setPicker] = useState<{ Part: Picker } | null>(null);
  const place = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    if (picker === null) return undefined;
    const outside = (event: Event): void => {
      if (event.target instanceof Node && place.current?.contains(event.target) !== true) setPicker(null);
    };
    document.addEventListener('pointerdown', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
    };
  }, [picker]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || picker === null) return;
    event.stopPropagation();
    setPicker(null);
    place.current?.querySelector('button')?.focus();
  };
  const toggle = async (): Promise<void> => {
    if (picker !== null) setPicker(null);
    else setPicker({ Part: (await import('./EmojiPicker')).EmojiPicker });
  };
  const insert = (emoji: string): void => {
    const { value = '', selectionStart: from = value.length, selectionEnd: to = from } = area.current ?? {};
    onPick(value.slice(0, from) + emoji + value.slice(to));
    setPicker(null);
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(from + emoji.length, from + emoji.length);
    });
  };

  return (
    <span class="emoji-place" ref={place} onKeyDown={onKeyDown}>
      <IconButton icon={SmileIcon} label={t('composer.emoji')} aria-haspopup="dialog" aria-expanded={picker !== null} onClick={() => void toggle()} />
      {picker !== null && <picker.Part onPick={insert} />}
    </span>
  );
}
