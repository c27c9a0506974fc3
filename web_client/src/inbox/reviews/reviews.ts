/**
 * The room of reviews: which shop's, which of them are shown, which one is looked at, and how many wait for a reply.
 * Draws nothing. What it holds is refreshed by notices.
 */
import { batch, computed, effect, signal, untracked, type ReadonlySignal, type Signal } from '@preact/signals';

import type { SellerCard, ShopReview, ShopReviews } from '../../protocol/generated';
import { refusalOf, type Refusal } from '../../protocol/refusal';
import type { ReviewsApi } from '../../services/reviews';
import type { Client } from '../../state/client';
import { neighbour } from '../../state/neighbour';
import { tellRefusal } from '../../ui/refusals';
import { merged, openParts, refreshed, type ReplyPart } from './held';
import { News } from './news';
import { addressOf, spotIn, type Spot } from './spot';

export type Filter = 'to_answer' | 'all';

export type Listed =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly refusal: Refusal }
  | { readonly kind: 'there'; readonly reviews: readonly ShopReview[]; readonly next: string };

type Query = Parameters<ReviewsApi['ofShop']>[1];

const LOADING: Listed = { kind: 'loading' };

export class Reviews {
  readonly api: ReviewsApi;
  readonly client: Client;
  /** Null while another room is shown. */
  readonly spot: Signal<Spot | null> = signal(spotIn(location.hash));
  readonly filter: Signal<Filter> = signal('to_answer');
  readonly listed: Signal<Listed> = signal(LOADING);
  readonly card: Signal<SellerCard | null> = signal(null);
  /** The review that keys walk from. Another object each time that it is gone to, were it the same review. */
  readonly current: Signal<{ readonly id: string } | null> = signal(null);
  /** A review that its box of replies is asked to open for; taken back by the box. */
  readonly wish: Signal<{ review: string; part: ReplyPart } | null> = signal(null);
  /** How many reviews of each shop wait for a reply. */
  readonly toAnswer: Signal<ReadonlyMap<string, number>> = signal(new Map());
  readonly waiting: ReadonlySignal<number>;
  /** Whose reviews are shown; null before the welcome, and for who has no shop. */
  readonly shop: ReadonlySignal<string | null>;
  readonly reviews: ReadonlySignal<readonly ShopReview[]>;
  #held = { shop: '', filter: '' };
  #turn = {};
  #isPaging = false;
  readonly #news = new News((shop, { ids }) => this.#catchUp(shop, ids));

  constructor(client: Client, api: ReviewsApi) {
    this.client = client;
    this.api = api;
    this.waiting = computed(() => [...this.toAnswer.value.values()].reduce((sum, count) => sum + count, 0));
    this.reviews = computed(() => (this.listed.value.kind === 'there' ? this.listed.value.reviews : []));
    this.shop = computed(() => {
      const { shops } = client.chat.value;
      const named = this.spot.value?.shop;
      return (shops.find(({ id }) => id === named) ?? shops[0])?.id ?? null;
    });
  }

  /** From now on counts and list follow what happens. Answers how to stop. */
  follow(): () => void {
    const stops = [
      effect(() => {
        if (this.client.connection.value.kind !== 'open') return;
        untracked(() => {
          this.refresh();
        });
      }),
      effect(() => {
        const [shop, filter, spot] = [this.shop.value, this.filter.value, this.spot.value];
        if (shop !== null && spot !== null) untracked(() => void this.#show(shop, filter, spot.review));
      }),
      this.client.listen({
        noticed: ({ shop_id: shop, review_id: review }) => {
          if (shop !== undefined) this.#news.told(shop, review);
        },
      }),
    ];
    return () => {
      stops.forEach((stop) => {
        stop();
      });
    };
  }

  /** Opens the room, or another place in it. */
  visit(spot: Spot): void {
    location.hash = addressOf(spot);
    this.arrive();
  }

  /** The address may have changed. */
  arrive(): void {
    const spot = spotIn(location.hash);
    const before = this.spot.peek();
    if (before?.shop !== spot?.shop || before?.review !== spot?.review || (before === null) !== (spot === null)) this.spot.value = spot;
    else if (spot?.review !== undefined) this.current.value = { id: spot.review };
  }

  /** Once more after it failed. */
  again(): void {
    this.#held = { shop: '', filter: '' };
    const [shop, spot] = [this.shop.peek(), this.spot.peek()];
    if (shop !== null) void this.#show(shop, this.filter.peek(), spot?.review);
  }

  async more(): Promise<void> {
    const [listed, turn, shop] = [this.listed.peek(), this.#turn, this.shop.peek()];
    if (listed.kind !== 'there' || listed.next === '' || this.#isPaging || shop === null) return;
    this.#isPaging = true;
    try {
      const page = await this.#ask(shop, { ...this.#query(), before: listed.next });
      if (this.#turn === turn) this.#take(page.reviews, page.next ?? '');
    } catch (thrown) {
      tellRefusal(thrown);
    } finally {
      this.#isPaging = false;
    }
  }

  step(step: 1 | -1): void {
    const next = neighbour(this.reviews.value, this.current.value?.id ?? null, 0, step);
    if (next !== null) this.current.value = { id: next.id };
  }

  /** Opens the box for a reply to the review that is looked at, else to the first that waits for one. */
  reply(): void {
    const review = this.reviews.value.find(({ id }) => id === this.current.value?.id) ?? this.reviews.value.find((one) => openParts(one).length > 0);
    const part = review === undefined ? undefined : openParts(review)[0];
    if (review === undefined || part === undefined) return;
    batch(() => {
      this.current.value = { id: review.id };
      this.wish.value = { review: review.id, part };
    });
  }

  /** Says it, and shows what became of the review. Rejects with a Refusal, having looked anew. */
  async write(review: ShopReview, part: ReplyPart, words: { client_key: string; text: string }): Promise<void> {
    try {
      await this.api.write(review.id, part, words);
    } finally {
      await this.look(review.about.shop.id, review.id).catch(() => undefined);
    }
  }

  /** Takes in what one review has become, if it is held. */
  async look(shop: string, review: string): Promise<void> {
    const { reviews } = await this.#ask(shop, { review });
    const listed = this.listed.peek();
    if (listed.kind === 'there') this.listed.value = { ...listed, reviews: refreshed(listed.reviews, reviews) };
  }

  /** Counts anew in every shop, and brings the newest reviews where they are shown. */
  refresh(): void {
    if (this.listed.peek().kind === 'failed') this.again();
    for (const { id } of this.client.chat.peek().shops) this.#news.told(id);
  }

  async #catchUp(shop: string, reviews: ReadonlySet<string>): Promise<void> {
    await this.#fetchNewest(shop);
    const held = this.reviews.peek().filter(({ id }) => reviews.has(id));
    await Promise.all(held.map(({ id }) => this.look(shop, id)));
  }

  /** The first page of what is shown; elsewhere only the count that comes with it. */
  async #fetchNewest(shop: string): Promise<void> {
    const turn = this.#turn;
    const isShown = this.spot.peek() !== null && shop === this.#held.shop && this.listed.peek().kind === 'there';
    const page = await this.#ask(shop, isShown ? this.#query() : { to_answer: true });
    if (isShown && this.#turn === turn) this.#take(page.reviews);
  }

  async #show(shop: string, filter: Filter, review: string | undefined): Promise<void> {
    if (this.#held.shop !== shop || this.#held.filter !== filter) {
      this.#held = { shop, filter };
      if (!(await this.#load(shop))) return;
    }
    if (review !== undefined) await this.#seek(shop, review);
  }

  /** Answers whether it is there, and still asked for. */
  async #load(shop: string): Promise<boolean> {
    const turn = (this.#turn = {});
    batch(() => {
      this.listed.value = LOADING;
      this.current.value = null;
      if (this.card.value?.shop.id !== shop) this.card.value = null;
    });
    try {
      const page = await this.#ask(shop, this.#query());
      if (this.#turn !== turn) return false;
      this.listed.value = { kind: 'there', reviews: page.reviews, next: page.next ?? '' };
      return true;
    } catch (thrown) {
      if (this.#turn === turn) this.listed.value = { kind: 'failed', refusal: refusalOf(thrown) };
      return false;
    }
  }

  /** The review that was asked for, wherever in the list it stands. */
  async #seek(shop: string, review: string): Promise<void> {
    const turn = this.#turn;
    try {
      const { reviews } = await this.#ask(shop, { review });
      const found = reviews[0];
      if (this.#turn !== turn || found === undefined) return;
      if (this.filter.peek() === 'to_answer' && openParts(found).length === 0) {
        // It is not among those that wait: with the filter this is asked for once more.
        this.filter.value = 'all';
        return;
      }
      this.#take(reviews);
      this.current.value = { id: review };
    } catch (thrown) {
      tellRefusal(thrown);
    }
  }

  #take(fresh: readonly ShopReview[], next?: string): void {
    const listed = this.listed.peek();
    if (listed.kind !== 'there') return;
    this.listed.value = { kind: 'there', reviews: merged(listed.reviews, fresh), next: next ?? listed.next };
  }

  #query(): NonNullable<Query> {
    return this.filter.peek() === 'to_answer' ? { to_answer: true } : {};
  }

  async #ask(shop: string, query: Query): Promise<ShopReviews> {
    const page = await this.api.ofShop(shop, query);
    batch(() => {
      this.toAnswer.value = new Map(this.toAnswer.value).set(shop, page.to_answer ?? 0);
      if (shop === this.shop.peek()) this.card.value = page.card;
    });
    return page;
  }
}
