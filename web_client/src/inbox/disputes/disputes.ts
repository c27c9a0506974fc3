/**
 * The room of disputes, and of complaints about the shop: whose, which one is open, how many wait for the shop.
 * Draws nothing. What it holds is refreshed by notices, and by what happens in the disputes' own conversations.
 */
import { computed, effect, signal, untracked, type ReadonlySignal, type Signal } from '@preact/signals';

import type { ComplaintView, DisputeView } from '../../protocol/generated';
import type { ComplaintsApi } from '../../services/complaints';
import type { DisputesApi } from '../../services/disputes';
import type { Client } from '../../state/client';
import { neighbour } from '../../state/neighbour';
import { News, type Told } from '../reviews/news';
import { Cases, type Listed } from './cases';
import { addressOf, isSame, spotIn, type Shelf, type Spot } from './spot';

export interface DisputeServices {
  disputes: DisputesApi;
  complaints: ComplaintsApi;
}

export class Disputes {
  readonly client: Client;
  readonly api: DisputesApi;
  readonly complaintsApi: ComplaintsApi;
  /** Null while another room is shown. */
  readonly spot: Signal<Spot | null> = signal(spotIn(location.hash));
  readonly disputes: Cases<DisputeView>;
  readonly complaints: Cases<ComplaintView>;
  /** Whose cases are shown; null before the welcome, and for who has no shop. */
  readonly shop: ReadonlySignal<string | null>;
  /** How many wait for the shops of this person, disputes and complaints together. */
  readonly waiting: ReadonlySignal<number>;
  #lastPlace = 0;
  /** How far the conversation of each dispute was when it was looked at last. */
  readonly #seen = new Map<string, number>();
  readonly #news: Record<Shelf, News>;

  constructor(client: Client, { disputes, complaints }: DisputeServices) {
    this.client = client;
    this.api = disputes;
    this.complaintsApi = complaints;
    this.disputes = new Cases({
      page: async (shop, before) => {
        const page = await disputes.ofShop(shop, before);
        return { cases: page.disputes, next: page.next ?? '' };
      },
      one: (id) => disputes.dispute(id),
      waits: waitsForShop,
    });
    this.complaints = new Cases({
      page: async (shop, before) => {
        const page = await complaints.ofShop(shop, before);
        return { cases: page.complaints, next: page.next ?? '' };
      },
      one: (id) => complaints.complaint(id),
      waits: ({ waits_for: party }) => party === 'seller',
    });
    this.shop = computed(() => {
      const { shops } = client.chat.value;
      const named = this.spot.value?.shop;
      return (shops.find(({ id }) => id === named) ?? shops[0])?.id ?? null;
    });
    this.waiting = computed(() => {
      const counts = [...this.disputes.waiting.value.values(), ...this.complaints.waiting.value.values()];
      return counts.reduce((sum, count) => sum + count, 0);
    });
    this.#news = {
      disputes: new News((shop, told) => this.#catchUp(this.disputes, shop, told)),
      complaints: new News((shop, told) => this.#catchUp(this.complaints, shop, told)),
    };
  }

  /** From now on lists and counts follow what happens. Answers how to stop. */
  follow(): () => void {
    const stops = [
      effect(() => {
        if (this.client.connection.value.kind !== 'open') return;
        untracked(() => {
          this.refresh();
        });
      }),
      effect(() => {
        const { threads } = this.client.chat.value;
        untracked(() => {
          for (const { view } of threads.values()) this.#heard(view.shop?.id, view.dispute_id, view.last_seq);
        });
      }),
      this.client.listen({
        noticed: ({ shop_id: shop, dispute_id: dispute, complaint_id: complaint }) => {
          if (shop === undefined) return;
          if (dispute !== undefined) this.#news.disputes.told(shop, dispute);
          if (complaint !== undefined) this.#news.complaints.told(shop, complaint);
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
    if (!isSame(this.spot.peek(), spot)) this.spot.value = spot;
  }

  /** What is shown now. */
  listed(): Listed<DisputeView> | Listed<ComplaintView> {
    const shop = this.shop.value ?? '';
    return this.spot.value?.shelf === 'complaints' ? this.complaints.of(shop) : this.disputes.of(shop);
  }

  /** How many cases of a shelf wait for one shop. */
  waitingIn(shelf: Shelf, shop: string | null): number {
    return this[shelf].waiting.value.get(shop ?? '') ?? 0;
  }

  /** From one case of the list to the next. */
  step(step: 1 | -1): void {
    const [spot, shop, listed] = [this.spot.peek(), this.shop.peek(), untracked(() => this.listed())];
    if (spot === null || shop === null || listed.kind !== 'there') return;
    const cases: readonly { readonly id: string }[] = listed.cases;
    const next = neighbour(cases, spot.id ?? null, this.#lastPlace, step);
    if (next === null) return;
    this.#lastPlace = cases.findIndex(({ id }) => id === next.id);
    this.visit({ shelf: spot.shelf, shop, id: next.id });
  }

  /** From the open case back to the list. Answers whether one was open. */
  close(): boolean {
    const spot = this.spot.peek();
    const shop = this.shop.peek();
    if (spot?.id === undefined || shop === null) return false;
    this.visit({ shelf: spot.shelf, shop });
    return true;
  }

  /** Asks anew for what is open in every shop. */
  refresh(): void {
    for (const { id } of this.client.chat.peek().shops) {
      this.#news.disputes.told(id);
      this.#news.complaints.told(id);
    }
  }

  async #catchUp(cases: Cases<DisputeView> | Cases<ComplaintView>, shop: string, { ids, isAll }: Told): Promise<void> {
    const isThere = cases.of(shop).kind === 'there';
    if (isAll || !isThere) await cases.fetch(shop);
    if (isThere) await Promise.all([...ids].map((id) => cases.look(shop, id)));
  }

  #heard(shop: string | undefined, dispute: string | undefined, seq: number): void {
    if (shop === undefined || dispute === undefined) return;
    const before = this.#seen.get(dispute);
    this.#seen.set(dispute, seq);
    if (before !== undefined && before < seq) this.#news.disputes.told(shop, dispute);
  }
}

/** A dispute waits for the shop where its turn is, and where a mediator has proposed what it has not agreed to. */
export function waitsForShop({ waits_for: party, acts }: DisputeView): boolean {
  return party === 'seller' || acts.includes('agree');
}
