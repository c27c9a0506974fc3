/** A person or shop as initials on a quiet colour of their own: no picture is asked from anywhere. */
import type { JSX } from 'preact';
import './avatar.css';

export interface AvatarProps {
  name: string;
  /** Edge in CSS pixels. */
  size?: number;
  /** Shops are square, people round. */
  shape?: 'round' | 'square';
  /** Shows a dot (avatar-dot.css) where the answer is known. The words for it stand beside the avatar. */
  online?: boolean | undefined;
}

const HUES = 8;

/** Up to two letters: the first of the first and of the last word. */
export function initials(name: string): string {
  const words = name.split(/[\s\-_.]+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const first = words[0];
  if (first === undefined) return '·';
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  return [first, last]
    .map((word) => String.fromCodePoint(word?.codePointAt(0) ?? 0x20).trim())
    .join('')
    .toLocaleUpperCase();
}

/** The same name has the same colour everywhere. */
export function hueOf(name: string): number {
  let sum = 7;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum % HUES;
}

export function Avatar({ name, size = 32, shape = 'round', online }: AvatarProps): JSX.Element {
  return (
    <span
      class={`avatar avatar-${shape}`}
      style={{ '--hue': String(hueOf(name) * (360 / HUES)), '--size': `${String(size)}px` }}
      aria-hidden="true"
    >
      {initials(name)}
      {online !== undefined && <span class={`avatar-dot ${online ? 'avatar-dot-on' : ''}`} />}
    </span>
  );
}
