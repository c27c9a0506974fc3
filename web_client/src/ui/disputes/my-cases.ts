/** What one buyer disputes, or complains about, as all screens share it: fetched when first asked for, and anew when there is news. */
import { signal, type Signal } from '@preact/signals';

import { refusalOf, type Refusal } from '../../protocol/refusal';

/** So many pages are fetched at most: of what is older, nothing can be done any more. */
const MOST_PAGES = 5;

export interface Case {
  readonly id: string;
  readonly revision: number;
}

export interface Source<View> {
  page: (before: string | undefined) => Promise<{ cases: View[]; next: string }>;
  one: (id: string) => Promise<View>;
}

export class MyCases<View extends Case> {
  /** By their ids; null until the first answer is there. */
  readonly all: Signal<ReadonlyMap<string, View> | null> = signal(null);
  readonly refusal: Signal<Refusal | null> = signal(null);
  readonly #source: Source<View>;
  readonly #told: (view: View) => void;
  #asked: Promise<void> | null = null;

  /** `told` hears of each case that is new or has moved since it was seen here. */
  constructor(source: Source<View>, told: (view: View) => void = () => undefined) {
    this.#source = source;
    this.#told = told;
  }

  /** Fetches all anew; what is held stays meanwhile. Several at once are one. */
  refresh(): Promise<void> {
    this.#asked ??= this.#fetch().finally(() => {
      this.#asked = null;
    });
    return this.#asked;
  }

  /** Something may have happened that nobody told: fetched anew where anything is held, on its way, or failed to come. */
  async renew(): Promise<void> {
    if (this.all.value === null && this.refusal.value === null && this.#asked === null) return;
    await this.#asked;
    await this.refresh();
  }

  /** Fetches one anew; `isNews`: something has happened in it, also where it was not known. Rejects with a Refusal. */
  async look(id: string, isNews = false): Promise<View> {
    return this.take(await this.#source.one(id), isNews);
  }

  protected get held(): View[] {
    return [...(this.all.value?.values() ?? [])];
  }

  /** A step in one. Rejects with a Refusal, after it was looked how the case stands by now. */
  protected async step({ id }: View, made: Promise<View>): Promise<View> {
    try {
      return this.take(await made);
    } catch (thrown) {
      if (refusalOf(thrown).code !== 'offline') await this.look(id).catch(() => undefined);
      throw thrown;
    }
  }

  /** What was asked earlier may come later: the farther one stands. */
  protected take(view: View, isNews = false): View {
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
        const { cases, next } = await this.#source.page(before);
        this.all.value ??= new Map();
        cases.forEach((view) => this.take(view));
        before = next;
      }
      this.refusal.value = null;
    } catch (thrown) {
      this.refusal.value = refusalOf(thrown);
    }
  }
}
