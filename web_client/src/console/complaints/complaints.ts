/** The queue of complaints: which are listed, which one is open, and what its mediator decides. Draws nothing. */
import { computed, signal } from '@preact/signals';

import { t } from '../../i18n';
import type { ComplaintQueue, ComplaintView } from '../../protocol/generated';
import { newKey } from '../../protocol/keys';
import { refusalOf } from '../../protocol/refusal';
import type { ConsoleApi } from '../../services/console';
import { showToast } from '../../ui/parts/Toast';
import { tellRefusal } from '../../ui/refusals';
import { Polled } from '../disputes/polled';

/** Lists of complaints, and what belongs to the same work. */
export type Listed = 'review' | 'open' | 'decided';
export type Show = Listed | 'reported' | 'flagged';
export const SHOWN: readonly Show[] = ['review', 'open', 'decided', 'reported', 'flagged'];

export type Verdict = 'uphold' | 'reject';

const EVERY_MS = 10_000;

export type ComplaintsApi = Pick<ConsoleApi, 'complaints' | 'moveComplaint' | 'flaggedShops' | 'complaintEvents' | 'reportedMessages' | 'settleReport'>;

export class Complaints {
  readonly api: ComplaintsApi;
  readonly tab = signal<Show>('review');
  /** What the queue is asked for: under the other tabs it only counts. */
  readonly #listed = computed<Listed>(() => {
    const tab = this.tab.value;
    return tab === 'reported' || tab === 'flagged' ? 'review' : tab;
  });
  readonly queue: Polled<ComplaintQueue>;
  readonly current = signal<string | null>(null);
  /** As the queue has it, or as it was decided here. */
  readonly open = computed<ComplaintView | null>(
    () => this.#decided.value ?? this.queue.value.value?.complaints.find(({ id }) => id === this.current.value) ?? null,
  );
  /** What is about to be said of the one that is open. */
  readonly deciding = signal<Verdict | null>(null);
  readonly busy = signal(false);
  readonly window = signal<'keys' | 'thread' | null>(null);
  readonly turn = signal(0);
  readonly #decided = signal<ComplaintView | null>(null);
  readonly #changed: () => void;
  #more = 0;
  #attempt: { said: string; key: string } | null = null;

  /** `changed` is told when there may be more or fewer of them. */
  constructor(api: ComplaintsApi, changed: () => void) {
    this.api = api;
    this.#changed = changed;
    this.queue = new Polled(() => this.#pages(), EVERY_MS);
  }

  show(tab: Show): void {
    const before = this.#listed.value;
    this.tab.value = tab;
    this.#more = 0;
    this.leave();
    if (this.#listed.value === before) return;
    this.queue.forget();
    void this.queue.refresh();
  }

  look(id: string): void {
    this.leave();
    this.current.value = id;
    this.turn.value += 1;
  }

  step(by: 1 | -1): void {
    const ids = this.queue.value.value?.complaints.map(({ id }) => id) ?? [];
    const at = this.current.value === null ? -1 : ids.indexOf(this.current.value);
    const next = ids[Math.min(Math.max(at + by, 0), ids.length - 1)];
    if (next !== undefined) this.look(next);
  }

  leave(): void {
    this.current.value = null;
    this.deciding.value = null;
    this.#decided.value = null;
  }

  async more(): Promise<void> {
    this.#more += 1;
    await this.queue.refresh();
  }

  /** Decides the one that is open. Whether that was done. */
  async decide(act: Verdict, text: string): Promise<boolean> {
    const seen = this.open.value;
    if (seen === null || this.busy.value) return false;
    this.busy.value = true;
    try {
      this.#decided.value = await this.api.moveComplaint(seen, act, text, this.#key(JSON.stringify([seen.id, seen.revision, act, text])));
      this.deciding.value = null;
      this.turn.value += 1;
      showToast({ text: t(`console.complaints.done.${act}`), tone: 'good' });
      return true;
    } catch (thrown) {
      const refusal = refusalOf(thrown);
      if (refusal.code === 'stale') showToast({ text: t('console.complaints.stale') });
      else tellRefusal(refusal);
      return false;
    } finally {
      this.busy.value = false;
      void this.queue.refresh();
      this.#changed();
    }
  }

  /** The same key as long as the same is tried again. */
  #key(said: string): string {
    if (this.#attempt?.said !== said) this.#attempt = { said, key: newKey() };
    return this.#attempt.key;
  }

  /** As many pages as are shown. */
  async #pages(): Promise<ComplaintQueue> {
    const show = this.#listed.value;
    let page = await this.api.complaints(show);
    for (let at = 0; at < this.#more && (page.next ?? '') !== ''; at += 1) {
      const further = await this.api.complaints(show, page.next);
      page = { ...further, complaints: [...page.complaints, ...further.complaints] };
    }
    return page;
  }
}
