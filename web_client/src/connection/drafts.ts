/** What somebody has begun to write, per thread or review; it survives a reload and goes with sign-out. */
import type { PhotoView } from '../protocol/generated';
import type { Keep } from './keep';

export interface Draft {
  text: string;
  photos: PhotoView[];
  replyTo?: number;
  /** Of a rating: those that are chosen. */
  stars?: number;
  /** Of a form with more fields: what they hold, by their names. */
  form?: Readonly<Record<string, string>>;
}

const EMPTY: Draft = { text: '', photos: [] };

/** The server keeps a photo that nobody has posted for 24 hours. */
const PHOTO_KEEPS_MS = 23 * 3600 * 1000;

interface Kept extends Draft {
  at: number;
}

export class Drafts {
  readonly #keep: Keep;

  constructor(keep: Keep) {
    this.#keep = keep;
  }

  read(thread: string): Draft {
    const text = this.#keep.read(`draft:${thread}`);
    if (text === null) return EMPTY;
    try {
      const { at, ...draft } = JSON.parse(text) as Kept;
      return Date.now() - at < PHOTO_KEEPS_MS ? draft : { ...draft, photos: [] };
    } catch {
      return EMPTY;
    }
  }

  /** An empty draft is none. */
  write(thread: string, draft: Draft): void {
    const isEmpty = draft.text === '' && draft.photos.length === 0 && draft.replyTo === undefined && draft.stars === undefined && Object.keys(draft.form ?? {}).length === 0;
    const kept: Kept = { ...draft, at: Date.now() };
    if (isEmpty) this.#keep.remove(`draft:${thread}`);
    else this.#keep.write(`draft:${thread}`, JSON.stringify(kept));
  }

  /** Whether there is something unsent in this thread. */
  has(thread: string): boolean {
    return this.#keep.read(`draft:${thread}`) !== null;
  }
}
