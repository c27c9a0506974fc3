/** The frame is as high as what it shows: it has no scroll bar of its own. */
import { effect } from '@preact/signals';

import type { Frame } from './frame';

/** Tells the product page each new height. While the frame fills the window, its height is the window's. */
export function followHeight({ embed, isLarge, isDressed }: Frame): void {
  const tell = (): void => {
    if (!isLarge.value && isDressed.value) embed.say({ kind: 'height', height: document.body.offsetHeight });
  };
  new ResizeObserver(tell).observe(document.body);
  // Back in its place it has its old width again, and with it, mostly, the old height: that is no change to notice.
  effect(tell);
}
