/** The key that does the same as a button: for eyes, and only where it does. */
import type { JSX } from 'preact';

import { preferences } from '../preferences';
import '../../ui/parts/key-rows.css';

export function Key({ name }: { name: string }): JSX.Element | null {
  if (!preferences.value.keys) return null;
  return (
    <kbd class="key" aria-hidden="true" dir="ltr">
      {name}
    </kbd>
  );
}
