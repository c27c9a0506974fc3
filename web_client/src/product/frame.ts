/** The frame as a whole: what the product page told it, what is read in it, and what it tells the page. */
import { effect, signal, type Signal } from '@preact/signals';

import { firstLocale, onlyPart, setLocale, t } from '../i18n';
import '../i18n/reader';
import type { PublicPhoto } from '../protocol/generated';
import type { ReviewsFrameWord, ReviewsHostWord, ReviewsState } from '../protocol/reviews-embed';
import type { Auth } from '../services/auth';
import { Embed } from '../services/embed';
import { PublicReviewsApi } from '../services/public-reviews';
import { Reading } from './reading';
import type { Voting } from './voting';

const WORDS: ReadonlySet<string> = new Set<ReviewsHostWord['kind']>(['state', 'large', 'token', 'noToken']);

/** What everybody may read is asked for by nobody, so that caches may keep it. */
const nobody: Auth = { renewable: false, headers: () => Promise.resolve({}) };

/** The photos of one text, and which of them is looked at. */
export interface Looking {
  photos: readonly PublicPhoto[];
  index: number;
}

export class Frame {
  readonly embed: Embed<ReviewsHostWord, ReviewsFrameWord>;
  readonly api = new PublicReviewsApi(nobody);
  readonly reading: Signal<Reading | null> = signal(null);
  /** Null where nobody is signed in. */
  readonly voting: Signal<Voting | null> = signal(null);
  /** Whether the sentences are there. */
  readonly isDressed = signal(false);
  readonly looking: Signal<Looking | null> = signal(null);
  /** Whether the frame fills the window. */
  readonly isLarge = signal(false);
  #state: ReviewsState | null = null;
  #meeting: Promise<void> = Promise.resolve();
  #wasReady = false;
  /** What had the focus before the window was asked for. */
  #opener: Element | null = null;

  constructor() {
    onlyPart('reader');
    this.embed = new Embed<ReviewsHostWord, ReviewsFrameWord>((word) => {
      this.#hear(word);
    }, WORDS);
    effect(() => {
      if (this.isDressed.value) this.embed.say({ kind: 'title', title: t('reader.title') });
    });
    addEventListener('online', () => {
      if (this.reading.peek()?.refusal.peek()) void this.reading.peek()?.load();
    });
  }

  /** Shows photos in the whole window, once the page has given it. */
  look(looking: Looking | null): void {
    if (this.looking.peek() === null) this.#opener = document.activeElement;
    this.looking.value = looking;
    this.embed.say({ kind: 'large', open: looking !== null });
  }

  /** Who is signed in, once it is known; whoever presses sooner is not asked to sign in again. */
  async voter(): Promise<Voting | null> {
    await this.#meeting;
    return this.voting.peek();
  }

  /** Asks the page to sign somebody in. */
  askToSignIn(wish: 'vote' | 'report'): void {
    this.embed.say({ kind: 'signIn', wish });
  }

  #hear(word: ReviewsHostWord): void {
    if (word.kind === 'state') void this.#become(word.state);
    else if (word.kind === 'large') this.#stand(word.open);
  }

  /** The page has given the window, or taken it back; or it is asked for it back by a key that only the page hears. */
  #stand(isLarge: boolean): void {
    if (!isLarge && this.looking.peek() !== null) {
      this.look(null);
      return;
    }
    this.isLarge.value = isLarge;
    if (!isLarge && this.#opener instanceof HTMLElement) this.#opener.focus({ preventScroll: true });
  }

  async #become(state: ReviewsState): Promise<void> {
    const before = this.#state;
    this.#state = state;
    document.documentElement.dataset['theme'] = state.theme;
    if (before?.product !== state.product) this.#open(state.product);
    if (before?.person !== state.person || before.product !== state.product) this.#meeting = this.#meet(state).catch(() => undefined);
    if (before?.locale !== state.locale || !this.isDressed.peek()) await this.#dress(state.locale);
  }

  /** Of two people in a hurry the later stays. */
  async #meet({ signedIn, person, product }: ReviewsState): Promise<void> {
    this.voting.value = null;
    if (!signedIn) return;
    const { Voting } = await import('./voting');
    if (this.#state?.person !== person || this.#state.product !== product) return;
    const voting = new Voting((fresh) => this.embed.token(fresh));
    this.voting.value = voting;
    void voting.load(product);
  }

  #open(product: string): void {
    if (product === '') return;
    const reading = new Reading(this.api, product);
    this.reading.value = reading;
    void reading.load();
  }

  async #dress(tag: string): Promise<void> {
    await setLocale(firstLocale(tag));
    this.isDressed.value = true;
  }

  /** What the page has written itself stays in sight until there is something to show in its place. */
  tellReady(): void {
    const reading = this.reading.value;
    if (reading === null || !this.isDressed.value) return;
    const { value: refusal } = reading.refusal;
    if (reading.view.value === 'failed' && refusal !== null) this.embed.say({ kind: 'failed', code: refusal.code });
    if (this.#wasReady || (this.#state?.fallback === true && reading.head.value === null)) return;
    this.#wasReady = true;
    this.embed.say({ kind: 'ready' });
  }
}
