/**
 * What `<parley-reviews>` on a product page and its frame say to each other. Types and names only, as in embed.ts:
 * the element takes nothing else from here, and it must stay small.
 */

/** The element as it stands now; said again whenever something of it changes. */
export interface ReviewsState {
  /** The marketplace's own id. */
  product: string;
  locale: string;
  theme: 'light' | 'dark' | 'auto';
  /** Whether the page gives tokens. */
  signedIn: boolean;
  /** Rises with each change of who is signed in. */
  person: number;
  /** Whether the element holds something that is shown until the frame is ready. */
  fallback: boolean;
}

/** From the page to the frame. */
export type ReviewsHostWord =
  | { kind: 'state'; state: ReviewsState }
  /** The frame fills the window, or stands in its place again. */
  | { kind: 'large'; open: boolean }
  | { kind: 'token'; id: number; token: string | null }
  | { kind: 'noToken'; id: number };

/** From the frame to the page. */
export type ReviewsFrameWord =
  /** There is something to show. */
  | { kind: 'ready' }
  /** In CSS pixels. */
  | { kind: 'height'; height: number }
  /** What the frame is called, in the reader's language. */
  | { kind: 'title'; title: string }
  /** The frame wants to fill the window, or to go back. */
  | { kind: 'large'; open: boolean }
  | { kind: 'needToken'; id: number; fresh: boolean }
  /** Nobody is signed in, and somebody wanted to do what only a person may. */
  | { kind: 'signIn'; wish: 'vote' | 'report' }
  /** The reviews could not be had. */
  | { kind: 'failed'; code: string };
