/** One stay of the widget on a page, from `init` to `shutdown`: its panel, its port, who is signed in. */
import type { EmbedEvents, EmbedLook, EventName, FrameWord, Handshake, HostWord } from '../src/protocol/embed';
import { panelOn } from './panel';

export type GetToken = (fresh: boolean) => string | null | Promise<string | null>;

export interface Settings extends EmbedLook {
  /** Asked for a token whenever one is needed; without it nobody is signed in. */
  getToken?: GetToken | null;
  side?: 'left' | 'right';
  /** Whether the bubble is shown; a page may open the panel by a button of its own. */
  bubble?: boolean;
}

export type Emit = <Name extends EventName>(name: Name, data?: EmbedEvents[Name]) => void;

export interface Visit {
  say: (word: HostWord) => void;
  identify: (getToken: GetToken | null) => void;
  /** Opens or closes the panel; without a wish, the other of the two. */
  show: (open?: boolean) => void;
  hide: (hidden: boolean) => void;
  restyle: (changes: EmbedLook) => void;
  /** The frame forgets this person and is taken away. */
  end: () => void;
}

/** A frame that has nothing more to say after so long is taken away. Until then it may still have to forget somebody. */
const BYE_MS = 10_000;

/** Begins a stay. `base` is where the loader came from, and with it the frame. Functions and no class: they are smaller. */
export function visitOn(base: URL, emit: Emit, settings: Settings): Visit {
  const { getToken: asked = null, side = 'right', bubble = true, ...wished } = settings;
  let [getToken, look]: [GetToken | null, EmbedLook] = [asked, wished];
  let isOpen = false;
  let labels = { open: 'Messages', close: 'Messages', unread: '' };
  let port: MessagePort;
  let offer: MessagePort | null;

  const panel = panelOn(new URL(`widget.html#host=${encodeURIComponent(location.origin)}`, base).href, side, () => {
    show(!isOpen);
  });

  const say = (word: HostWord): void => {
    port.postMessage(word);
  };

  const name = (): void => {
    panel.label(isOpen ? labels.close : labels.unread ? `${labels.open}. ${labels.unread}` : labels.open);
  };

  const show = (open = !isOpen, byFrame = false): void => {
    if (isOpen === open) return;
    isOpen = open;
    panel.load();
    panel.show(open);
    name();
    say({ kind: 'shown', open });
    if (!open && byFrame) panel.focusBubble();
    emit(open ? 'opened' : 'closed');
  };

  const answer = async (id: number, fresh: boolean): Promise<void> => {
    try {
      say({ kind: 'token', id, token: (await getToken?.(fresh)) ?? null });
    } catch {
      say({ kind: 'noToken', id });
    }
  };

  const hear = (word: FrameWord): void => {
    if (word.kind === 'event') {
      if (word.name === 'unread') panel.count(word.data.count);
      emit(word.name, word.data);
    } else if (word.kind === 'needToken') void answer(word.id, word.fresh);
    else if (word.kind === 'labels') {
      labels = word;
      name();
    } else if (word.kind === 'bye') remove();
    else show(word.kind === 'open', true);
  };

  const connect = (): void => {
    const { port1, port2 } = new MessageChannel();
    [port, offer] = [port1, port2];
    port.onmessage = ({ data }: MessageEvent<FrameWord>) => {
      hear(data);
    };
    say({ kind: 'start', look, signedIn: !!getToken, open: isOpen });
  };

  /** Only our frame, and only from our own origin, is given a port; a frame that loads again gets another. */
  const greet = ({ source, origin, data }: MessageEvent<{ parley?: string } | null>): void => {
    const frame = panel.frame.contentWindow;
    if (!frame || source !== frame || origin !== base.origin || data?.parley !== 'frame') return;
    if (!offer) connect();
    if (offer) frame.postMessage({ parley: 'port' } satisfies Handshake, origin, [offer]);
    offer = null;
  };

  const remove = (): void => {
    removeEventListener('message', greet);
    port.close();
    panel.remove();
  };

  const restyle = (changes: EmbedLook): void => {
    look = { ...look, ...changes };
    if (look.brand) panel.brand(look.brand);
    panel.theme(look.theme ?? 'auto');
    say({ kind: 'look', look });
  };

  connect();
  panel.hide(!bubble);
  name();
  restyle({});
  addEventListener('message', greet);
  // The page comes first: the frame loads when the browser has nothing better to do, or when it is wanted.
  if ('requestIdleCallback' in window) requestIdleCallback(panel.load, { timeout: 4000 });
  else setTimeout(panel.load, 1500);

  return {
    say,
    show,
    hide: panel.hide,
    restyle,
    identify: (other) => {
      getToken = other;
      say({ kind: 'identify', signedIn: !!other });
    },
    end: () => {
      say({ kind: 'shutdown' });
      panel.hide(true);
      show(false);
      setTimeout(remove, BYE_MS);
    },
  };
}
