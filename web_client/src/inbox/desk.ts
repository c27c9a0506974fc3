/** The seller's desk: which group and which conversation is open, what is searched, what each action does. Draws nothing. */
import { batch, computed, effect, signal, untracked, type ReadonlySignal, type Signal } from '@preact/signals';

import type { SearchHit, ThreadView } from '../protocol/generated';
import type { ReviewsApi } from '../services/reviews';
import type { Client } from '../state/client';
import { Finding } from '../state/finding';
import { Places } from '../ui/places';
import { Disputes, type DisputeServices } from './disputes/disputes';
import { Figures } from './figures/figures';
import { countsOf, threadsIn, type Group } from './groups';
import { prefer, preferences } from './preferences';
import { Reviews } from './reviews/reviews';

export type Window = 'help' | 'settings' | 'quick' | 'notices' | 'hours' | null;

/** What is shown in the place of conversations. */
export type Room = 'reviews' | 'disputes' | 'figures' | null;

export interface Services extends DisputeServices {
  reviews: ReviewsApi;
}

/** Pages that are fetched by themselves, so that nothing that waits for an answer stays out of sight. */
const MOST_PAGES = 40;

export class Desk extends Places {
  readonly client: Client;
  /** What buyers said of the shop. */
  readonly reviews: Reviews;
  /** What is in dispute, and what buyers complain about. */
  readonly disputes: Disputes;
  /** How the shop stands, and when its people are there. */
  readonly figures: Figures;
  readonly room: ReadonlySignal<Room>;
  readonly group: Signal<Group> = signal('needs_answer');
  readonly finding: Finding<SearchHit>;
  readonly window: Signal<Window> = signal(null);
  /** The details of the open conversation where they lie above it: on narrow screens. */
  readonly isPeeking: Signal<boolean> = signal(false);
  readonly archive: Signal<'unknown' | 'loading' | 'there' | 'failed'> = signal('unknown');
  readonly views: ReadonlySignal<readonly ThreadView[]>;
  readonly list: ReadonlySignal<readonly ThreadView[]>;
  readonly counts: ReadonlySignal<Record<Group, number>>;
  readonly open: ReadonlySignal<ThreadView | null>;
  private filling: Promise<void> | null = null;

  constructor(client: Client, services: Services) {
    super();
    this.client = client;
    this.reviews = new Reviews(client, services.reviews);
    this.disputes = new Disputes(client, services);
    this.figures = new Figures(client, services);
    this.room = computed(() => {
      if (this.reviews.spot.value !== null) return 'reviews';
      if (this.disputes.spot.value !== null) return 'disputes';
      return this.figures.spot.value === null ? null : 'figures';
    });
    this.finding = new Finding(async (words, before) => {
      const found = await client.api.search(words, before);
      client.hold(found.hits.map(({ thread }) => thread).filter(({ id }) => !client.chat.value.threads.has(id)));
      return found;
    });
    this.views = computed(() => [...client.chat.value.threads.values()].map(({ view }) => view));
    this.list = computed(() => threadsIn(this.group.value, this.views.value));
    this.counts = computed(() => countsOf(this.views.value));
    this.open = computed(() => client.chat.value.threads.get(this.place.value?.id ?? '')?.view ?? null);
    this.followAddress();
    window.addEventListener('hashchange', () => {
      this.arrive();
    });
  }

  /** From now on the list is filled after every welcome, and what waits in the other rooms is counted. Answers how to stop. */
  follow(): () => void {
    const stopReviews = this.reviews.follow();
    const stopDisputes = this.disputes.follow();
    const stopFilling = effect(() => {
      // What the filling reads changes with each page: only the connection may start it anew.
      if (this.client.connection.value.kind === 'open') untracked(() => void this.fill());
    });
    return () => {
      stopReviews();
      stopDisputes();
      stopFilling();
    };
  }

  /** Fetches what the welcome did not bring: further pages, and the archive if it is shown. Once at a time. */
  fill(): Promise<void> {
    this.filling ??= this.fetchAll().finally(() => {
      this.filling = null;
    });
    return this.filling;
  }

  private async fetchAll(): Promise<void> {
    try {
      for (let page = 0; page < MOST_PAGES && this.client.chat.value.next !== ''; page += 1) {
        await this.client.moreThreads();
      }
      this.archive.value = 'unknown';
      if (this.group.value === 'archived') await this.fetchArchive();
    } catch {
      // The connection was lost again: the next welcome begins anew.
    }
  }

  pickGroup(group: Group): void {
    this.leaveRoom();
    this.group.value = group;
    this.finding.clear();
    if (group === 'archived' && this.archive.value !== 'there') void this.fetchArchive();
  }

  protected listed(): readonly ThreadView[] {
    return this.list.value;
  }

  /** Back to the conversations. */
  leaveRoom(): void {
    if (this.room.value === null) return;
    location.hash = '#/';
    this.arrive();
  }

  /** The address may lead to another room. */
  private arrive(): void {
    batch(() => {
      this.reviews.arrive();
      this.disputes.arrive();
      this.figures.arrive();
    });
  }

  protected moved(): void {
    this.isPeeking.value = false;
    this.arrive();
  }

  /** The conversation with support about this, which is made where there is none. Rejects with a Refusal. */
  async contact(support: 'selling' | 'complaint'): Promise<void> {
    const { id } = await this.client.open({ support });
    this.visit(id);
  }

  /** Into the archive or out of it. Answers what it did, for a way back; null where nothing is open. */
  async toggleArchived(view: ThreadView | null = this.open.value): Promise<boolean | null> {
    if (!view) return null;
    const archived = !(view.archived ?? false);
    await this.client.putSettings(view.id, { archived });
    return archived;
  }

  async toggleMuted(view: ThreadView | null = this.open.value): Promise<boolean | null> {
    if (!view) return null;
    const muted = !(view.muted ?? false);
    await this.client.putSettings(view.id, { muted });
    return muted;
  }

  /** Where there is room the details stand beside the conversation, else above it. */
  toggleDetails(isWide: boolean): void {
    if (isWide) prefer({ details: !preferences.value.details });
    else this.isPeeking.value = !this.isPeeking.value;
  }

  async fetchArchive(): Promise<void> {
    this.archive.value = 'loading';
    try {
      for (let before = '', page = 0; page < MOST_PAGES; page += 1) {
        const { threads, next = '' } = await this.client.api.threads({ archived: true, before, limit: 100 });
        this.client.hold(threads);
        if (next === '') break;
        before = next;
      }
      this.archive.value = 'there';
    } catch {
      this.archive.value = 'failed';
    }
  }
}
