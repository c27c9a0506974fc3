/** The frame is as high as what it shows: it has no scroll bar of its own. */
import type { Frame } from './frame';

/** Tells the product page how high it is now. While the frame fills the window, its height is the window's. */
export function tellHeight({ embed, isLarge }: Frame): void {
  const height = document.body.offsetHeight;
  if (height > 0 && !isLarge.peek()) embed.say({ kind: 'height', height });
}
