/**
 * The frame's side of its talk with the host page. Who may talk is checked here: only the window around this frame,
 * only from the origin that it was made for, only words from the list.
 */
import type { EmbedEvents, EventName, FrameWord, Handshake, HostWord } from '../protocol/embed';
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

type Words = Readonly<{ kind: string }>;
type TokenWord = Extract<HostWord, { kind: 'token' | 'noToken' }>;
type NeedToken = Extract<FrameWord, { kind: 'needToken' }>;

/** `Heard` are the words of the host page, `Said` those of this frame; where nothing else is said, the widget's. */
export class Embed<Heard extends Words = HostWord, Said extends Words = FrameWord> {
  readonly #hear: (word: Heard) => void;
  readonly #words: ReadonlySet<string>;
  readonly #tokens = new Map<number, (token: string | null | undefined) => void>();
  #port: MessagePort | null = null;
  #lastId = 0;

  /** `hear` gets every word of the host page but tokens; only such as `words` lists are words. */
  constructor(hear: (word: Heard) => void, words = WORDS) {
    this.#hear = hear;
    this.#words = words;
  }

  /** Offers to talk, and waits for the page of that origin to hand over a port. Answers how to stop waiting. */
  listen(origin: string, around: Surroundings = window): () => void {
    const take = (event: MessageEvent<unknown>): void => {
      if (event.source !== around.parent || event.origin !== origin || !isPortOffer(event.data)) return;
      const port = event.ports[0];
      if (port !== undefined) this.#connect(port);
    };
    around.addEventListener('message', take as EventListener);
    around.parent.postMessage({ parley: 'frame' } satisfies Handshake, origin);
    return () => {
      around.removeEventListener('message', take as EventListener);
    };
  }

  /** Tells the host page something; before it listens, nothing. */
  say(word: Said | NeedToken): void {
    this.#port?.postMessage(word);
  }

  event<Name extends EventName>(name: Name, data: EmbedEvents[Name]): void {
    this.say({ kind: 'event', name, data } as unknown as Said);
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
      if (isWord(data) && this.#words.has(data.kind)) this.#take(data as Heard | TokenWord);
    };
  }

  #take(word: Heard | TokenWord): void {
    if (isToken(word)) this.#tokens.get(word.id)?.(word.kind === 'noToken' ? undefined : asToken(word.token));
    else this.#hear(word);
  }
}

function isToken(word: Words): word is TokenWord {
  return word.kind === 'token' || word.kind === 'noToken';
}

function asToken(token: unknown): string | null {
  return typeof token === 'string' ? token : null;
}

function isPortOffer(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'parley' in data && data.parley === 'port';
}

function isWord(data: unknown): data is Words {
  return typeof data === 'object' && data !== null && 'kind' in data && typeof data.kind === 'string';
}
