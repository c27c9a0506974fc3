/** The docket: which cases are listed, which one is open, and what its mediator does. Draws nothing. */
import { batch, computed, signal, type Signal } from '@preact/signals';

import { t } from '../../i18n';
import type { CaseContext, DisputeView, DocketPage, EventPage } from '../../protocol/generated';
import { newKey } from '../../protocol/keys';
import { refusalOf, type Refusal } from '../../protocol/refusal';
import type { CaseStep, ConsoleApi } from '../../services/console';
import type { ThreadEvent } from '../../state/model';
import { showToast } from '../../ui/parts/Toast';
import { tellRefusal } from '../../ui/refusals';
import { EMPTY_DRAFT, type Draft } from './drafts';
import { Polled } from './polled';

export type Show = 'mediation' | 'late' | 'mine' | 'refunds';
export const SHOWN: readonly Show[] = ['mediation', 'late', 'mine', 'refunds'];

/** What a mediator is about to do with the case that is open. */
export type Writing = 'propose' | 'decide';

const LIST_MS = 20_000;
const CASE_MS = 5_000;
const PAGE = 100;

export type DocketApi = Pick<ConsoleApi, 'docket' | 'dispute' | 'moveDispute' | 'caseContext' | 'caseEvents' | 'sayInDispute' | 'evidence'>;

/** What was asked for a case: all of it as it stood at one look. */
export interface Opened {
  readonly dispute: DisputeView;
  readonly around: CaseContext;
  readonly events: readonly ThreadEvent[];
}

export class Docket {
  readonly api: DocketApi;
  readonly me: string;
  readonly tab = signal<Show>('mediation');
  readonly list: Polled<DocketPage>;
  readonly case: Polled<Opened>;
  readonly current = signal<string | null>(null);
  /** The case as the list knows it, or as it was seen last: there at once. */
  readonly dispute = computed(() => this.case.value.value?.dispute ?? this.#listed());
  readonly writing = signal<Writing | null>(null);
  readonly busy = signal<string | null>(null);
  /** On a phone the case covers the list. */
  readonly isOpen = signal(false);
  readonly window = signal<'keys' | 'take' | null>(null);
  /** The conversation that is looked into. */
  readonly looksInto = signal<string | null>(null);
  /** Rises when the focus is to go to what is open. */
  readonly turn = signal(0);
  readonly #drafts = new Map<string, Signal<Draft>>();
  readonly #changed: () => void;
  #more = 0;
  #attempt: { said: string; key: string } | null = null;

  /** `changed` is told when there may be more or fewer cases. */
  constructor(api: DocketApi, me: string, changed: () => void) {
    this.api = api;
    this.me = me;
    this.#changed = changed;
    this.list = new Polled(() => this.#pages(), LIST_MS);
    this.case = new Polled(() => this.#look(), CASE_MS);
  }

  show(tab: Show): void {
    batch(() => {
      this.tab.value = tab;
      this.#more = 0;
      this.list.forget();
      this.leave();
    });
    void this.list.refresh();
  }

  open(id: string): void {
    batch(() => {
      if (this.current.value !== id) {
        this.leave();
        this.current.value = id;
      }
      this.isOpen.value = true;
      this.turn.value += 1;
    });
  }

  /** Back to the list. */
  leave(): void {
    this.current.value = null;
    this.case.forget();
    this.writing.value = null;
    this.looksInto.value = null;
    this.isOpen.value = false;
  }

  step(by: 1 | -1): void {
    const ids = this.list.value.value?.disputes.map(({ id }) => id) ?? [];
    const at = this.current.value === null ? -1 : ids.indexOf(this.current.value);
    const next = ids[Math.min(Math.max(at + by, 0), ids.length - 1)];
    if (next !== undefined) this.open(next);
  }

  async more(): Promise<void> {
    this.#more += 1;
    await this.list.refresh();
  }

  /** What is written about a case and not sent, whichever case is looked at meanwhile. */
  draft(id: string, writing: Writing | 'say'): Signal<Draft> {
    const key = `${id} ${writing}`;
    const known = this.#drafts.get(key) ?? signal(EMPTY_DRAFT);
    this.#drafts.set(key, known);
    return known;
  }

  forgetDraft(id: string, writing: Writing | 'say'): void {
    this.draft(id, writing).value = EMPTY_DRAFT;
  }

  /** One step in the case as it was seen. Whether it was made. */
  async move(step: CaseStep): Promise<boolean> {
    const seen = this.dispute.value;
    if (seen === null || this.busy.value !== null) return false;
    return this.#doing(step.act, async () => {
      const after = await this.api.moveDispute(seen, step, this.#key([seen.id, seen.revision, step]));
      const now = this.case.value.value;
      if (now?.dispute.id === after.id) this.case.value.value = { ...now, dispute: after };
    });
  }

  /** Words to both parties. Whether they were sent. */
  say(text: string): Promise<boolean> {
    const id = this.current.value;
    if (id === null || this.busy.value !== null) return Promise.resolve(false);
    return this.#doing('say', () => this.api.sayInDispute(id, text, this.#key([id, text])));
  }

  async #doing(name: string, act: () => Promise<unknown>): Promise<boolean> {
    this.busy.value = name;
    try {
      await act();
      this.#attempt = null;
      return true;
    } catch (thrown) {
      this.#tell(refusalOf(thrown));
      return false;
    } finally {
      this.busy.value = null;
      void this.case.refresh();
      void this.list.refresh();
      this.#changed();
    }
  }

  #tell(refusal: Refusal): void {
    if (refusal.code === 'stale') showToast({ text: t('console.disputes.stale') });
    else tellRefusal(refusal);
  }

  /** The same key as long as the same is tried again. */
  #key(attempt: unknown): string {
    const said = JSON.stringify(attempt);
    if (this.#attempt?.said !== said) this.#attempt = { said, key: newKey() };
    return this.#attempt.key;
  }

  /** As many pages as are shown. */
  async #pages(): Promise<DocketPage> {
    const tab = this.tab.value;
    let page = await this.api.docket(tab);
    for (let at = 0; at < this.#more && (page.next ?? '') !== ''; at += 1) {
      const further = await this.api.docket(tab, page.next);
      page = { ...further, disputes: [...page.disputes, ...further.disputes] };
    }
    return page;
  }

  #listed(): DisputeView | null {
    return this.list.value.value?.disputes.find(({ id }) => id === this.current.value) ?? null;
  }

  async #look(): Promise<Opened> {
    const id = this.current.value ?? '';
    const known = this.case.value.value;
    const [dispute, events] = await Promise.all([this.api.dispute(id), this.#events(id, known)]);
    const isKnown = known?.dispute.revision === dispute.revision;
    const around = isKnown ? known.around : await this.api.caseContext(id);
    return { dispute, around, events };
  }

  /** What is known and what came since. */
  async #events(id: string, known: Opened | null): Promise<readonly ThreadEvent[]> {
    const thread = this.dispute.value?.thread_id;
    if (thread === undefined) return [];
    return everyEvent((after, limit) => this.api.caseEvents(id, thread, after, limit), known?.events);
  }
}

/** A conversation to its end, beginning with what is known of it. */
export async function everyEvent(page: (after: number, limit: number) => Promise<EventPage>, known: readonly ThreadEvent[] = []): Promise<readonly ThreadEvent[]> {
  let events = known;
  for (;;) {
    const found = await page(events.at(-1)?.seq ?? 0, PAGE);
    if (found.events.length > 0) events = [...events, ...found.events];
    if (found.more_after !== true) return events;
  }
}
