/** What one person may rate and what he has, as his screens share it: fetched page by page, and anew when there is news. */
import { signal, type Signal } from '@preact/signals';

import type { OwnReview, RateLine, ToRate, WriteText } from '../../protocol/generated';
import { refusalOf, type Refusal } from '../../protocol/refusal';
import type { Part, ReviewsApi } from '../../services/reviews';

/** So far something is looked for; who has rated more than that finds it by scrolling. */
const MOST_PAGES = 10;

export class MyReviews {
  readonly api: ReviewsApi;
  /** Null until it is known. */
  readonly toRate: Signal<readonly ToRate[] | null> = signal(null);
  /** Newest first; null until the first page is there. */
  readonly given: Signal<readonly OwnReview[] | null> = signal(null);
  readonly refusal: Signal<Refusal | null> = signal(null);
  /** Where the next page begins; empty at the end. */
  #next = '';
  #asked: Promise<void> | null = null;

  constructor(api: ReviewsApi) {
    this.api = api;
  }

  /** Fetches the first page anew; what is held stays meanwhile. Several at once are one. */
  refresh(): Promise<void> {
    this.#asked ??= this.#fetch('').finally(() => {
      this.#asked = null;
    });
    return this.#asked;
  }

  /** The next page, if there is one. */
  async more(): Promise<void> {
    if (this.#next === '' || this.#asked !== null) return;
    this.#asked = this.#fetch(this.#next).finally(() => {
      this.#asked = null;
    });
    await this.#asked;
  }

  /** Fetches pages until `isFound`, or there are no more. */
  async find(isFound: (given: readonly OwnReview[]) => boolean): Promise<void> {
    if (this.given.value === null) await this.refresh();
    for (let page = 1; page < MOST_PAGES; page += 1) {
      const { value: given } = this.given;
      if (given === null || this.#next === '' || isFound(given)) return;
      await this.more();
    }
  }

  /** Gives stars, and whatever is said with them. Rejects with a Refusal. */
  async rate({ order_id: order, line_id: line }: { order_id: string; line_id: string }, body: RateLine): Promise<void> {
    await this.api.rate(order, line, body);
    this.toRate.value = (this.toRate.value ?? []).filter(({ about }) => about.line_id !== line);
    await this.#again();
  }

  /** Writes beside stars that were given. Rejects with a Refusal. */
  async write(review: string, part: Part, body: WriteText): Promise<void> {
    await this.api.write(review, part, body);
    await this.#again();
  }

  /** Something has happened, or may have: fetched anew where anything is held, on its way, or failed to come. */
  async renew(): Promise<void> {
    if (this.toRate.value !== null || this.refusal.value !== null || this.#asked !== null) await this.#again();
  }

  /** After something has happened: what is on its way already may not know of it yet. */
  async #again(): Promise<void> {
    await this.#asked;
    await this.refresh();
  }

  async #fetch(before: string): Promise<void> {
    try {
      const page = await this.api.mine(before);
      this.toRate.value = page.to_rate;
      this.#take(page.reviews, before, page.next ?? '');
      this.refusal.value = null;
    } catch (thrown) {
      this.refusal.value = refusalOf(thrown);
    }
  }

  /** Reviews never go: a fresh first page is put before the others that are held, where the two meet. */
  #take(page: readonly OwnReview[], before: string, next: string): void {
    const held = this.given.value ?? [];
    const fresh = new Set(page.map(({ id }) => id));
    const rest = held.filter(({ id }) => !fresh.has(id));
    const meets = rest.length < held.length;
    if (before !== '') this.given.value = [...rest, ...page];
    else this.given.value = meets ? [...page, ...rest] : page;
    if (before !== '' || !meets || rest.length === 0) this.#next = next;
  }
}
