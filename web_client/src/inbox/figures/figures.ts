/** The room of figures: how fast the shop answers and how it is rated, with what counted and why. Draws nothing. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';

import type { ComplaintsApi } from '../../services/complaints';
import type { ReviewsApi } from '../../services/reviews';
import type { Client } from '../../state/client';

export interface FigureServices {
  complaints: ComplaintsApi;
  reviews: ReviewsApi;
}

/** Of which shop; the first one where none is named. */
export interface Spot {
  readonly shop?: string;
}

const SPOT = /^#\/figures(?:\/([0-9a-f]{16}))?$/;

/** Null where the address is another place's. */
export function spotIn(hash: string): Spot | null {
  const found = SPOT.exec(hash);
  if (found === null) return null;
  return found[1] === undefined ? {} : { shop: found[1] };
}

export class Figures {
  readonly complaints: ComplaintsApi;
  readonly reviews: ReviewsApi;
  /** Null while another room is shown. */
  readonly spot: Signal<Spot | null> = signal(spotIn(location.hash));
  /** Whose figures are shown; null before the welcome, and for who has no shop. */
  readonly shop: ReadonlySignal<string | null>;

  constructor(client: Client, { complaints, reviews }: FigureServices) {
    this.complaints = complaints;
    this.reviews = reviews;
    this.shop = computed(() => {
      const { shops } = client.chat.value;
      const named = this.spot.value?.shop;
      return (shops.find(({ id }) => id === named) ?? shops[0])?.id ?? null;
    });
  }

  /** Opens the room, or shows another shop in it. */
  visit({ shop }: Spot): void {
    location.hash = shop === undefined ? '#/figures' : `#/figures/${shop}`;
    this.arrive();
  }

  /** The address may have changed. */
  arrive(): void {
    const [before, spot] = [this.spot.peek(), spotIn(location.hash)];
    if ((before === null) !== (spot === null) || before?.shop !== spot?.shop) this.spot.value = spot;
  }
}
