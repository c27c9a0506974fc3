/** What one buyer disputes, as all screens share it: fetched when first asked for, and anew when there is news. */
import { signal, type Signal } from '@preact/signals';

import type { DisputeView, OpenDispute } from '../../protocol/generated';
import { refusalOf, type Refusal } from '../../protocol/refusal';
import type { DisputesApi, Step } from '../../services/disputes';
import { isOver } from './words';

/** So many pages are fetched at most: of what is older, nothing can be done any more. */
const MOST_PAGES = 5;

export type Told = (view: DisputeView) => void;

export class MyDisputes {
  readonly api: DisputesApi;
  /** By their ids; null until the first answer is there. */
  readonly all: Signal<ReadonlyMap<string, DisputeView> | null> = signal(null);
  readonly refusal: Signal<Refusal | null> = signal(null);
  readonly #told: Told;
  #asked: Promise<void> | null = null;

  /** `told` hears of each dispute that is new or has moved since it was seen here. */
  constructor(api: DisputesApi, told: Told = () => undefined) {
    this.api = api;
    this.#told = told;
  }

  /** The dispute about a line of an order. */
  ofLine(line: string): DisputeView | undefined {
    return this.#held.find(({ line: { id } }) => id === line);
  }

  /** Those of an order that are not over. */
  openOf(order: string): DisputeView[] {
    return this.#held.filter((view) => view.order_id === order && !isOver(view));
  }

  /** Fetches all anew; what is held stays meanwhile. Several at once are one. */
  refresh(): Promise<void> {
    this.#asked ??= this.#fetch().finally(() => {
      this.#asked = null;
    });
    return this.#asked;
  }

  /** Fetches one anew; `isNews`: something has happened in it, also where it was not known. Rejects with a Refusal. */
  async look(id: string, isNews = false): Promise<DisputeView> {
    return this.#take(await this.api.dispute(id), isNews);
  }

  async open(order: string, line: string, body: OpenDispute): Promise<DisputeView> {
    return this.#take(await this.api.open(order, line, body), true);
  }

  /** Rejects with a Refusal, after it was looked how the dispute stands by now. */
  async move(seen: DisputeView, step: Step, key: string): Promise<DisputeView> {
    try {
      return this.#take(await this.api.move(seen, step, key));
    } catch (thrown) {
      if (refusalOf(thrown).code !== 'offline') await this.look(seen.id).catch(() => undefined);
      throw thrown;
    }
  }

  get #held(): DisputeView[] {
    return [...(this.all.value?.values() ?? [])];
  }

  /** What was asked earlier may come later: the farther one stands. */
  #take(view: DisputeView, isNews = false): DisputeView {
    const held = this.all.value?.get(view.id);
    if (held !== undefined && held.revision > view.revision) return held;
    this.all.value = new Map(this.all.value ?? []).set(view.id, view);
    if (held === undefined ? isNews : held.revision !== view.revision) this.#told(view);
    return view;
  }

  async #fetch(): Promise<void> {
    try {
      let before: string | undefined;
      for (let page = 0; page < MOST_PAGES && before !== ''; page += 1) {
        const { disputes, next = '' } = await this.api.mine(before);
        this.all.value ??= new Map();
        disputes.forEach((view) => this.#take(view));
        before = next;
      }
      this.refusal.value = null;
    } catch (thrown) {
      this.refusal.value = refusalOf(thrown);
    }
  }
}
