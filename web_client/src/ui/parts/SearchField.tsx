/** Where words are typed that are looked for. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

import { t } from '../../i18n';
import { IconButton } from './Button';
import { SearchIcon, XIcon } from './icons';
import './key-rows.css';
import './search.css';

export interface SearchFieldProps {
  value: string;
  label: string;
  placeholder: string;
  /** Rises when the field is wanted: the cursor goes there. */
  wish: number;
  /** At once, with each letter: whatever is drawn anew meanwhile would put the old words back into the field. */
  onWrite: (value: string) => void;
  /** A moment after the last letter. */
  onSearch: (value: string) => void;
  onClear: () => void;
}

const PAUSE_MS = 220;

export function SearchField({ value, label, placeholder, wish, onWrite, onSearch, onClear }: SearchFieldProps): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  const pause = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  // At once: the next key is already meant for it.
  useLayoutEffect(() => {
    if (wish > 0) field.current?.select();
  }, [wish]);

  return (
    <div class="search" role="search">
      <SearchIcon size={15} class="search-icon" />
      <input
        ref={field}
        type="search"
        value={value}
        placeholder={placeholder}
        aria-label={label}
        maxLength={200}
        dir={value === '' ? undefined : 'auto'}
        enterkeyhint="search"
        onInput={({ currentTarget: { value: written } }) => {
          clearTimeout(pause.current);
          onWrite(written);
          pause.current = setTimeout(onSearch, written === '' ? 0 : PAUSE_MS, written);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          clearTimeout(pause.current);
          onClear();
          field.current?.blur();
        }}
      />
      {value === '' ? (
        <kbd class="search-key" aria-hidden="true">/</kbd>
      ) : (
        <IconButton
          icon={XIcon}
          size="s"
          label={t('common.clear')}
          onClick={() => {
            onClear();
            field.current?.focus();
          }}
        />
      )}
    </div>
  );
}
