/** The cursor in the place where messages are written. */
import { isField } from '../ui/use-keyboard';

/** Ends the waiting for such a place. */
let giveUp = (): void => undefined;

/**
 * Puts the cursor where messages of the open conversation are written; while that is on its way, as soon as it is there.
 * Whoever goes on to something else meanwhile is left there.
 */
export function focusComposer(): void {
  giveUp();
  if (focused()) return;
  const address = location.hash;
  const observer = new MutationObserver(() => {
    if (location.hash !== address || isField(document.activeElement) || focused()) giveUp();
  });
  giveUp = () => {
    observer.disconnect();
    window.removeEventListener('pointerdown', giveUp);
  };
  observer.observe(document.body, { childList: true, subtree: true });
  window.addEventListener('pointerdown', giveUp);
}

function focused(): boolean {
  const area = document.querySelector<HTMLTextAreaElement>('.composer textarea');
  area?.focus();
  return area !== null;
}
