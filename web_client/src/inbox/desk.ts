/** The seller's desk: which group and which conversation is open, what is searched, what each action does. Draws nothing. */
import { computed, effect, signal, untracked, type ReadonlySignal, type Signal } from '@preact/signals';

import type { SearchHit, ThreadView } from '../protocol/generated';
import { refusalOf, type Refusal } from '../protocol/refusal';
import type { Client } from '../state/client';
import { neighbour } from '../state/neighbour';
import { NARROW } from '../ui/use-media';
import { countsOf, threadsIn, type Group } from './groups';
import { prefer, preferences } from './preferences';

/** A conversation that is open, and the message in it that was asked for. */
export interface Place {
  readonly id: string;
  readonly seq?: number;
}

export type Window = 'help' | 'settings' | 'quick' | null;

export type Finding =
  | { readonly kind: 'none' }
  | { readonly kind: 'short' }
  | { readonly kind: 'searching' }
  | { readonly kind: 'found'; readonly hits: readonly SearchHit[]; readonly next: string }
  | { readonly kind: 'failed'; readonly refusal: Refusal };

/** Pages that are fetched by themselves, so that nothing that waits for an answer stays out of sight. */
const MOST_PAGES = 40;

/** The server takes no shorter question. */
export const SHORTEST_QUERY = 2;

const PLACE = /^#\/t\/([0-9a-f]{16})(?:\/(\d+))?$/;

export function placeIn(hash: string): Place | null {
  const [, id, seq] = PLACE.exec(hash) ?? [];
  if (id === undefined) return null;
  return seq === undefined ? { id } : { id, seq: Number(seq) };
}

export class Desk {
  readonly client: Client;
  readonly group: Signal<Group> = signal('needs_answer');
  readonly place: Signal<Place | null> = signal(placeIn(location.hash));
  readonly query: Signal<string> = signal('');
  readonly finding: Signal<Finding> = signal({ kind: 'none' });
  readonly window: Signal<Window> = signal(null);
  /** The details of the open conversation where they lie above it: on narrow screens. */
  readonly isPeeking: Signal<boolean> = signal(false);
  /** Rises when the search is. */
  readonly searches: Signal<number> = signal(0);
  readonly archive: Signal<'unknown' | 'loading' | 'there' | 'failed'> = signal('unknown');
  readonly views: ReadonlySignal<readonly ThreadView[]>;
  readonly list: ReadonlySignal<readonly ThreadView[]>;
  readonly counts: ReadonlySignal<Record<Group, number>>;
  readonly open: ReadonlySignal<ThreadView | null>;
  private filling: Promise<void> | null = null;
  private lastPlace = 0;
  private asked = 0;

  constructor(client: Client) {
    this.client = client;
    this.views = computed(() => [...client.chat.value.threads.values()].map(({ view }) => view));
    this.list = computed(() => threadsIn(this.group.value, this.views.value));
    this.counts = computed(() => countsOf(this.views.value));
    this.open = computed(() => client.chat.value.threads.get(this.place.value?.id ?? '')?.view ?? null);
    window.addEventListener('hashchange', () => {
      this.goTo(placeIn(location.hash));
    });
  }

  /** From now on the list is filled after every welcome. Answers how to stop. */
  follow(): () => void {
    return effect(() => {
      // What the filling reads changes with each page: only the connection may start it anew.
      if (this.client.connection.value.kind === 'open') untracked(() => void this.fill());
    });
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
    this.group.value = group;
    this.clearSearch();
    if (group === 'archived' && this.archive.value !== 'there') void this.fetchArchive();
  }

  /** The address says which conversation is open, so that the browser's own "back" leads to the list. */
  visit(id: string, seq?: number): void {
    const place = this.list.value.findIndex((view) => view.id === id);
    if (place >= 0) this.lastPlace = place;
    location.hash = `#/t/${id}${seq === undefined ? '' : `/${String(seq)}`}`;
    this.goTo(seq === undefined ? { id } : { id, seq });
  }

  /** Back to the list. */
  leave(): void {
    if (this.place.value === null) return;
    location.hash = '#/';
    this.goTo(null);
  }

  /** The address tells of it once more, a moment later. */
  private goTo(place: Place | null): void {
    const before = this.place.peek();
    if (before?.id === place?.id && before?.seq === place?.seq) return;
    this.place.value = place;
    this.isPeeking.value = false;
  }

  /** The conversation with support about this, which is made where there is none. Rejects with a Refusal. */
  async contact(support: 'selling' | 'complaint'): Promise<void> {
    const { id } = await this.client.open({ support });
    this.visit(id);
  }

  step(step: 1 | -1): void {
    const next = neighbour(this.list.value, this.place.value?.id ?? null, this.lastPlace, step);
    if (next) this.visit(next.id);
  }

  /** The open conversation has left the list: the one that took its place is next, or there is none. */
  moveOn(): void {
    const next = this.list.value[Math.min(this.lastPlace, this.list.value.length - 1)];
    if (next && !matchMedia(NARROW).matches) this.visit(next.id);
    else this.leave();
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

  clearSearch(): void {
    this.asked += 1;
    this.query.value = '';
    this.finding.value = { kind: 'none' };
  }

  /** Searches one's own threads; of two questions the later wins. */
  async search(text: string): Promise<void> {
    const mine = (this.asked += 1);
    const words = text.trim();
    this.query.value = text;
    if (words.length < SHORTEST_QUERY) {
      this.finding.value = { kind: words === '' ? 'none' : 'short' };
      return;
    }
    if (this.finding.value.kind !== 'found') this.finding.value = { kind: 'searching' };
    try {
      const { hits, next = '' } = await this.client.api.search(words);
      if (mine === this.asked) this.found(hits, next);
    } catch (thrown) {
      if (mine === this.asked) this.finding.value = { kind: 'failed', refusal: refusalOf(thrown) };
    }
  }

  /** The next page of what was found. Rejects with a Refusal. */
  async searchOn(): Promise<void> {
    const before = this.finding.value;
    if (before.kind !== 'found' || before.next === '') return;
    const mine = this.asked;
    const { hits, next = '' } = await this.client.api.search(this.query.value.trim(), before.next);
    if (mine === this.asked) this.found([...before.hits, ...hits], next);
  }

  private found(hits: readonly SearchHit[], next: string): void {
    const unknown = hits.map(({ thread }) => thread).filter(({ id }) => !this.client.chat.value.threads.has(id));
    this.client.hold(unknown);
    this.finding.value = { kind: 'found', hits, next };
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
