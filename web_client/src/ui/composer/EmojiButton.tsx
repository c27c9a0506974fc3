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
    const close = (event: Event): void => {
      const isInside = event.target instanceof Node && place.current?.contains(event.target) === true;
      const isEscape = event instanceof KeyboardEvent && event.key === 'Escape';
      if (isEscape) place.current?.querySelector('button')?.focus();
      if (isEscape || (event.type === 'pointerdown' && !isInside)) setPicker(null);
    };
    document.addEventListener('pointerdown', close);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('keydown', close);
    };
  }, [picker]);

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
    <span class="emoji-place" ref={place}>
      <IconButton icon={SmileIcon} label={t('composer.emoji')} aria-haspopup="dialog" aria-expanded={picker !== null} onClick={() => void toggle()} />
      {picker !== null && <picker.Part onPick={insert} />}
    </span>
  );
}
