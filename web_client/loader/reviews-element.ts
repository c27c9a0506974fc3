/** The element: what the page wrote into it is shown until the frame has something, and remains where it has not. */
import type { ReviewsFrameWord, ReviewsHostWord } from '../src/protocol/reviews-embed';
import { boxIn, type Box } from './reviews-box';

const DARK = '(prefers-color-scheme: dark)';

type GetToken = (fresh: boolean) => string | null | Promise<string | null>;

/** Makes the element known, once. `base` is where this script came from, and with it the frame. */
export function defineReviews(base: URL): void {
  if (customElements.get('parley-reviews')) return;
  class ParleyReviews extends HTMLElement {
    static observedAttributes = ['product', 'locale', 'theme'];
    #box: Box | undefined;
    #port: MessagePort | undefined;
    #getToken: GetToken | null = null;
    #person = 0;
    readonly #scheme = matchMedia(DARK);

    /** Asked for a token whenever one is needed; without it nobody is signed in. */
    get getToken(): GetToken | null {
      return this.#getToken;
    }

    set getToken(getToken: GetToken | null) {
      this.#getToken = getToken;
      this.#person += 1;
      this.#tell();
    }

    connectedCallback(): void {
      // The page may have set it before this script was there.
      const early = Object.getOwnPropertyDescriptor(this, 'getToken')?.value as GetToken | undefined;
      if (early) {
        delete (this as { getToken?: unknown }).getToken;
        this.getToken = early;
      }
      const address = new URL(`reviews.html#host=${encodeURIComponent(location.origin)}`, base).href;
      this.#box ??= boxIn(this, address, () => {
        this.#say({ kind: 'large', open: false });
      });
      addEventListener('message', this.#greet);
      this.#scheme.addEventListener('change', this.#tell);
    }

    disconnectedCallback(): void {
      removeEventListener('message', this.#greet);
      this.#scheme.removeEventListener('change', this.#tell);
      this.#port?.close();
      this.#port = undefined;
      // A frame that was taken out loads anew when it is put back.
      this.#box?.show(false);
    }

    attributeChangedCallback(): void {
      this.#tell();
    }

    /** Only our frame, and only from our own origin, is given a port; a frame that loads again gets another. */
    #greet = ({ source, origin, data }: MessageEvent<{ parley?: string } | null>): void => {
      const frame = this.#box?.frame.contentWindow;
      if (!frame || source !== frame || origin !== base.origin || data?.parley !== 'frame') return;
      const { port1, port2 } = new MessageChannel();
      this.#port?.close();
      this.#port = port1;
      port1.onmessage = ({ data: word }: MessageEvent<ReviewsFrameWord>) => {
        this.#hear(word);
      };
      frame.postMessage({ parley: 'port' }, origin, [port2]);
      this.#tell();
    };

    #say(word: ReviewsHostWord): void {
      this.#port?.postMessage(word);
    }

    #tell = (): void => {
      const attribute = (name: string): string => this.getAttribute(name) ?? '';
      const wish = attribute('theme');
      const theme = wish === 'light' || wish === 'dark' ? wish : themeAround(this);
      const locale = attribute('locale') || (this.closest<HTMLElement>('[lang]')?.lang ?? '');
      this.#say({
        kind: 'state',
        state: {
          product: attribute('product'),
          locale,
          theme,
          signedIn: !!this.#getToken,
          person: this.#person,
          fallback: this.childElementCount > 0,
        },
      });
      this.#box?.theme(theme);
    };

    #hear(word: ReviewsFrameWord): void {
      const box = this.#box;
      if (word.kind === 'ready') box?.show(true);
      else if (word.kind === 'height') box?.grow(word.height);
      else if (word.kind === 'title') box?.name(word.title);
      else if (word.kind === 'needToken') void this.#answer(word.id, word.fresh);
      else if (word.kind === 'large') {
        box?.enlarge(word.open);
        this.#say(word);
      } else if (word.kind === 'signIn') this.#emit('parley-sign-in', { wish: word.wish });
      else this.#emit('parley-error', { code: word.code });
    }

    async #answer(id: number, fresh: boolean): Promise<void> {
      try {
        this.#say({ kind: 'token', id, token: (await this.#getToken?.(fresh)) ?? null });
      } catch {
        this.#say({ kind: 'noToken', id });
      }
    }

    #emit(name: string, detail: object): void {
      this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
    }
  }
  customElements.define('parley-reviews', ParleyReviews);
}

/** The ground of the page is seen through the frame: where the page writes in a light colour, its ground is dark. */
function themeAround(element: Element): 'light' | 'dark' | 'auto' {
  const written = /^rgba?\((\d+), (\d+), (\d+)/.exec(getComputedStyle(element).color);
  if (!written) return 'auto';
  const [red, green, blue] = written.slice(1).map(Number) as [number, number, number];
  return red * 3 + green * 6 + blue > 1275 ? 'dark' : 'light';
}
