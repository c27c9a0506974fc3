/**
 * The widget over a whole page of our own. What the loader is on the marketplace's pages, this is here: it says who
 * is here and which conversation is meant. There is nothing below it, so it has no way out.
 */
import type { FrameWord, HostWord } from '../protocol/embed';

/**
 * Puts the widget's frame into `place`; `thread` is the conversation that opens, null for Help's first screen.
 * Answers how to take it away.
 */
export function hostWidget(place: HTMLElement, thread: string | null): () => void {
  const frame = document.createElement('iframe');
  frame.title = document.title;
  frame.allow = 'clipboard-write';
  frame.src = new URL(`widget.html#host=${encodeURIComponent(location.origin)}`, location.href).href;
  // Only our frame, and only from our own origin; a frame that loads again gets another port.
  const greet = ({ source, origin, data }: MessageEvent<{ parley?: string } | null>): void => {
    if (source !== frame.contentWindow || origin !== location.origin || data?.parley !== 'frame') return;
    const { port1, port2 } = new MessageChannel();
    talk(port1, thread);
    frame.contentWindow?.postMessage({ parley: 'port' }, origin, [port2]);
  };
  addEventListener('message', greet);
  place.replaceChildren(frame);
  return () => {
    removeEventListener('message', greet);
    frame.remove();
  };
}

function talk(port: MessagePort, thread: string | null): void {
  const title = document.title;
  const say = (word: HostWord): void => {
    port.postMessage(word);
  };
  port.onmessage = ({ data }: MessageEvent<FrameWord>) => {
    // In the tab, for whoever reads another one.
    if (data.kind === 'event' && data.name === 'unread') document.title = data.data.count > 0 ? `(${data.data.count}) ${title}` : title;
  };
  say({ kind: 'start', look: {}, signedIn: false, open: true, stays: true });
  if (thread !== null) say({ kind: 'openThread', thread });
}
