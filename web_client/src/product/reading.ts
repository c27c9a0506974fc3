/** The reviews of one product as somebody reads them: which are wanted, which have come, what went wrong. */
import { batch, computed, signal } from '@preact/signals';

import type { ProductReviews, PublicReview } from '../protocol/generated';
import { refusalOf, type Refusal } from '../protocol/refusal';
import type { PublicReviewsApi, Wanted } from '../services/public-reviews';

export type Filter = Readonly<Omit<Wanted, 'before'>>;

export type View = 'loading' | 'failed' | 'unrated' | 'wordless' | 'nothing' | 'list';

const UNKNOWN: ProductReviews = { histogram: { counts: [0, 0, 0, 0, 0], ratings: 0, texts: 0 }, reviews: [], languages: [] };

export class Reading {
  readonly product: string;
  readonly filter = signal<Filter>({});
  /** What stands above the list: of the page that came last. Null before the first. */
  readonly head = signal<ProductReviews | null>(null);
  readonly reviews = signal<readonly PublicReview[]>([]);
  /** Where the next page begins; '' where there is none. */
  readonly next = signal('');
  readonly isBusy = signal(false);
  readonly refusal = signal<Refusal | null>(null);
  readonly #api: PublicReviewsApi;
  #asked = 0;

  constructor(api: PublicReviewsApi, product: string) {
    this.#api = api;
    this.product = product;
  }

  readonly isFiltered = computed(() => {
    const { stars, photos, language } = this.filter.value;
    return stars !== undefined || photos === true || language !== undefined;
  });

  readonly view = computed((): View => {
    const head = this.head.value;
    if (head === null) return this.refusal.value === null ? 'loading' : 'failed';
    const { ratings, texts } = head.histogram;
    if (texts === 0) return ratings === 0 ? 'unrated' : 'wordless';
    return this.reviews.value.length === 0 ? 'nothing' : 'list';
  });

  /** Begins anew with what is wanted now. What is shown stays until the other is there. */
  load(): Promise<void> {
    return this.#ask('');
  }

  more(): Promise<void> {
    return this.isBusy.peek() || this.next.peek() === '' ? Promise.resolve() : this.#ask(this.next.peek());
  }

  /** Wants something else; a wish that is undefined is dropped. */
  want(wish: { [Name in keyof Filter]: Filter[Name] | undefined }): Promise<void> {
    const wished = Object.entries({ ...this.filter.peek(), ...wish }).filter(([, value]) => value !== undefined);
    this.filter.value = Object.fromEntries(wished);
    return this.load();
  }

  clear(): Promise<void> {
    return this.want({ stars: undefined, photos: undefined, language: undefined });
  }

  /** Of two questions in a hurry the later one is answered. */
  async #ask(before: string): Promise<void> {
    const mine = (this.#asked += 1);
    this.isBusy.value = true;
    try {
      const page = await this.#page(before);
      if (mine === this.#asked) this.#take(page, before);
    } catch (thrown) {
      if (mine === this.#asked) this.refusal.value = refusalOf(thrown);
    } finally {
      if (mine === this.#asked) this.isBusy.value = false;
    }
  }

  /** Of a product that nobody has told us about there are no reviews: to a reader that is the same. */
  #page(before: string): Promise<ProductReviews> {
    return this.#api.ofProduct(this.product, { ...this.filter.peek(), before }).catch((thrown: unknown) => {
      if (refusalOf(thrown).code === 'not_found') return UNKNOWN;
      throw thrown;
    });
  }

  #take(page: ProductReviews, before: string): void {
    const held = before === '' ? [] : this.reviews.peek();
    const known = new Set(held.map(({ id }) => id));
    batch(() => {
      this.refusal.value = null;
      this.head.value = page;
      // Where votes move a review while somebody reads, it may come on two pages.
      this.reviews.value = [...held, ...page.reviews.filter(({ id }) => !known.has(id))];
      this.next.value = page.next ?? '';
    });
  }
}
