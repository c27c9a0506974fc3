/**
 * The frame's side of its talk with the host page. Who may talk is checked here: only the window around this frame,
 * only from the origin that it was made for, only words from the list.
 */
import type { EmbedEvents, EventName, FrameWord, HostWord } from '../protocol/embed';
import { Refusal } from '../protocol/refusal';

const WORDS: ReadonlySet<string> = new Set<HostWord['kind']>([
  'start',
  'identify',
  'look',
  'shown',
  'openThread',
  'contactSeller',
  'openOrder',
  'ask',
  'token',
  'noToken',
  'shutdown',
]);

/** A host page that does not answer for so long has no token to give. */
const TOKEN_MS = 15_000;

/** The part of a window that is used. */
export type Surroundings = Pick<Window, 'addEventListener' | 'removeEventListener'> & {
  parent: Pick<Window, 'postMessage'>;
};

/**
 * The origin of the page around this frame, as its address tells. A page that lies about itself hears nothing and
 * is not heard; which pages may put this frame around themselves at all is said by `frame-ancestors`.
 */
export function hostOrigin(hash: string): string | null {
  try {
    const { origin, protocol } = new URL(new URLSearchParams(hash.slice(1)).get('host') ?? '');
    return protocol === 'https:' || protocol === 'http:' ? origin : null;
  } catch {
    return null;
  }
}

export class Embed {
  readonly #hear: (word: HostWord) => void;
  readonly #tokens = new Map<number, (token: string | null | undefined) => void>();
  #port: MessagePort | null = null;
  #lastId = 0;

  /** `hear` gets every word of the host page but tokens. */
  constructor(hear: (word: HostWord) => void) {
    this.#hear = hear;
  }

  /** Offers to talk, and waits for the page of that origin to hand over a port. Answers how to stop waiting. */
  listen(origin: string, around: Surroundings = window): () => void {
    const take = (event: MessageEvent<unknown>): void => {
      if (event.source !== around.parent || event.origin !== origin || !isPortOffer(event.data)) return;
      const port = event.ports[0];
      if (port !== undefined) this.#connect(port);
    };
    around.addEventListener('message', take as EventListener);
    around.parent.postMessage({ parley: 'frame' }, origin);
    return () => {
      around.removeEventListener('message', take as EventListener);
    };
  }

  /** Tells the host page something; before it listens, nothing. */
  say(word: FrameWord): void {
    this.#port?.postMessage(word);
  }

  event<Name extends EventName>(name: Name, data: EmbedEvents[Name]): void {
    this.say({ kind: 'event', name, data } as FrameWord);
  }

  /** Asks the host page for a token; null where nobody is signed in. Rejects where the page cannot say now. */
  token(fresh: boolean): Promise<string | null> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const end = (token: string | null | undefined): void => {
        clearTimeout(timer);
        this.#tokens.delete(id);
        if (token === undefined) reject(new Refusal('offline'));
        else resolve(token);
      };
      const timer = setTimeout(end, TOKEN_MS, undefined);
      this.#tokens.set(id, end);
      this.say({ kind: 'needToken', id, fresh });
    });
  }

  #connect(port: MessagePort): void {
    this.#port?.close();
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (isHostWord(data)) this.#take(data);
    };
  }

  #take(word: HostWord): void {
    if (word.kind === 'token') this.#tokens.get(word.id)?.(typeof word.token === 'string' ? word.token : null);
    else if (word.kind === 'noToken') this.#tokens.get(word.id)?.(undefined);
    else this.#hear(word);
  }
}

function isPortOffer(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'parley' in data && data.parley === 'port';
}

function isHostWord(data: unknown): data is HostWord {
  return typeof data === 'object' && data !== null && 'kind' in data && typeof data.kind === 'string' && WORDS.has(data.kind);
}
