/** The moderation room: what is open, what is selected, and decisions, which wait a moment before they are sent. */
import { computed, signal } from '@preact/signals';

import { t } from '../../i18n';
import type { Decision, QueuedText, ReportedText } from '../../protocol/generated';
import { refusalOf, type Refusal } from '../../protocol/refusal';
import type { ConsoleApi } from '../../services/console';
import { showToast } from '../../ui/parts/Toast';
import { tellRefusal } from '../../ui/refusals';
import { keyOf, Lane } from './lane';
import type { Judged, QueueWatch } from './watch';

export type Reason = NonNullable<Decision['reason']>;
export type Tab = 'waiting' | 'reported';
export type Move = 'publish' | 'refuse' | 'stand' | 'hide';

/** In the order of the keys 1 to 6. */
export const REASONS: readonly Reason[] = ['personal_data', 'insult', 'advertising', 'off_topic', 'photo', 'other'];

/** How long a decision can be taken back. */
export const HOLD_MS = 4_000;

/** Codes by which the server says that somebody else was faster. */
const FASTER: ReadonlySet<string> = new Set(['stale', 'wrong_state', 'not_found']);

/** What is asked for a reason. */
export type Choosing = 'refuse' | 'refuse_selected' | 'hide';

export interface Held {
  readonly id: number;
  readonly move: Move;
  readonly reason: Reason | null;
  readonly texts: readonly Judged[];
}

export type ModerationApi = Pick<ConsoleApi, 'decideTexts' | 'settleReports' | 'hideText' | 'annulRating' | 'translateText' | 'photoUrl'>;

export class Moderation {
  readonly watch: QueueWatch;
  readonly api: ModerationApi;
  readonly tab = signal<Tab>('waiting');
  readonly waiting: Lane<QueuedText>;
  readonly reported: Lane<ReportedText>;
  readonly lane = computed<Lane<QueuedText> | Lane<ReportedText>>(() => (this.tab.value === 'waiting' ? this.waiting : this.reported));
  /** Keys of waiting texts. */
  readonly selected = signal<ReadonlySet<string>>(new Set());
  readonly chosen = computed(() => this.waiting.texts.value.filter((text) => this.selected.value.has(keyOf(text))));
  readonly choosing = signal<Choosing | null>(null);
  /** Decided and not sent, the newest last. */
  readonly held = signal<readonly Held[]>([]);
  /** On a phone the card covers the list. */
  readonly isOpen = signal(false);
  readonly window = signal<'keys' | 'annul' | null>(null);
  /** Rises when the focus is to go to what is open. */
  readonly turn = signal(0);
  /** Rises when the translation of what is open is asked for by key. */
  readonly translations = signal(0);
  /** Reviews whose stars were annulled here, and why. */
  readonly annulled = signal<ReadonlyMap<string, string>>(new Map());
  /** Whether somebody looks at this room. */
  isShown = false;

  #lastId = 0;
  /** The last that was sent. */
  #sent: Held | null = null;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  constructor(api: ModerationApi, watch: QueueWatch) {
    this.api = api;
    this.watch = watch;
    const gone = (): void => {
      if (this.isShown) showToast({ text: t('console.moderation.gone') });
      this.choosing.value = null;
    };
    this.waiting = new Lane(watch.texts, gone);
    this.reported = new Lane(watch.reported, gone);
    watch.unsent = () => this.flush();
  }

  show(tab: Tab): void {
    this.tab.value = tab;
    this.choosing.value = null;
    this.isOpen.value = false;
  }

  open(key: string): void {
    this.lane.value.current.value = key;
    this.choosing.value = null;
    this.isOpen.value = true;
    this.turn.value += 1;
  }

  step(by: 1 | -1): void {
    this.lane.value.step(by);
    this.choosing.value = null;
    this.isOpen.value = true;
    this.turn.value += 1;
  }

  toggle(key: string): void {
    const after = new Set(this.selected.value);
    if (!after.delete(key)) after.add(key);
    this.selected.value = after;
  }

  /** Takes the texts from the list, and sends the decision if it is not taken back. */
  decide(move: Move, texts: readonly Judged[], reason: Reason | null = null): void {
    if (texts.length === 0) return;
    this.#lastId += 1;
    const held = { id: this.#lastId, move, reason, texts };
    const gone = new Set(texts.map(keyOf));
    this.lane.value.leave(texts);
    this.watch.hold(texts);
    this.selected.value = new Set([...this.selected.value].filter((key) => !gone.has(key)));
    this.choosing.value = null;
    this.held.value = [...this.held.value, held];
    this.isOpen.value = this.isOpen.value && this.lane.value.open.value !== null;
    this.turn.value += 1;
    this.#arm(held.id);
  }

  /** The last decision is none, where it is not sent yet. */
  undo(): void {
    const held = this.held.value.at(-1);
    if (held === undefined) {
      this.#tellSent();
      return;
    }
    this.#drop(held.id);
    this.watch.bringBack(held.texts);
    this.tab.value = held.move === 'publish' || held.move === 'refuse' ? 'waiting' : 'reported';
    const back = new Set(held.texts.map(keyOf));
    const first = this.lane.value.texts.value.map(keyOf).find((key) => back.has(key));
    if (first !== undefined) this.lane.value.current.value = first;
    this.turn.value += 1;
    showToast({ text: t('console.moderation.undone') });
  }

  /** While somebody looks at what can be taken back, it can be. */
  pause(): void {
    this.#timers.forEach(clearTimeout);
    this.#timers.clear();
  }

  resume(): void {
    for (const { id } of this.held.value) this.#arm(id);
  }

  /** Sends what waits to be sent; `last`: the page goes away. */
  async flush(last = false): Promise<void> {
    await Promise.all(this.held.value.map((held) => this.#send(held, last)));
  }

  /** Its person has signed out. */
  dispose(): void {
    this.pause();
    this.waiting.dispose();
    this.reported.dispose();
    this.watch.unsent = null;
  }

  #arm(id: number): void {
    clearTimeout(this.#timers.get(id));
    const send = (): void => {
      const held = this.held.value.find((one) => one.id === id);
      if (held !== undefined) void this.#send(held);
    };
    this.#timers.set(id, setTimeout(send, HOLD_MS));
  }

  #drop(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.held.value = this.held.value.filter((one) => one.id !== id);
  }

  async #send(held: Held, last = false): Promise<void> {
    this.#drop(held.id);
    this.#sent = held;
    try {
      const outcomes = await this.#ask(held, last);
      this.#heed(held, outcomes);
    } catch (thrown) {
      this.#failed(held, refusalOf(thrown));
    }
    await this.watch.refresh();
  }

  /** What became of each text. */
  async #ask({ move, reason, texts }: Held, last: boolean): Promise<readonly string[]> {
    if (move === 'publish' || move === 'refuse') {
      const decisions = texts.map(({ review_id, part, revision }) => ({ review_id, part, revision, move, ...(reason === null ? {} : { reason }) }));
      return (await this.api.decideTexts({ decisions }, last)).outcomes;
    }
    for (const text of texts) {
      if (move === 'stand') await this.api.settleReports(text);
      else await this.api.hideText(text, { revision: text.revision, hidden: true, ...(reason === null ? {} : { reason }) });
    }
    return texts.map(() => 'ok');
  }

  #heed({ texts }: Held, outcomes: readonly string[]): void {
    const others = texts.filter((_, at) => FASTER.has(outcomes[at] ?? ''));
    const failed = texts.filter((_, at) => outcomes[at] !== 'ok' && !FASTER.has(outcomes[at] ?? ''));
    this.watch.settle(texts);
    this.watch.bringBack(failed);
    if (others.length > 0) showToast({ text: t('console.moderation.by_others', { count: others.length }) });
    if (failed.length > 0) showToast({ text: t('console.moderation.not_sent', { count: failed.length }), tone: 'danger' });
  }

  #failed({ texts }: Held, refusal: Refusal): void {
    if (FASTER.has(refusal.code)) {
      this.watch.settle(texts);
      showToast({ text: t('console.moderation.by_others', { count: texts.length }) });
      return;
    }
    this.watch.bringBack(texts);
    showToast({ text: t('console.moderation.not_sent', { count: texts.length }), tone: 'danger' });
    tellRefusal(refusal);
  }

  /** A refusal that was sent can still become a publication. */
  #tellSent(): void {
    const sent = this.#sent;
    const [text] = sent?.texts ?? [];
    if (sent?.move !== 'refuse' || sent.texts.length > 1 || text === undefined) {
      showToast({ text: t(sent === null ? 'console.moderation.nothing_to_undo' : 'console.moderation.too_late') });
      return;
    }
    const refused = { ...text, revision: text.revision + 1 };
    showToast({
      text: t('console.moderation.too_late'),
      action: { label: t('console.moderation.after_all'), onPick: () => { this.decide('publish', [refused]); } },
    });
  }
}

const CONTACTS: ReadonlySet<string> = new Set(['email', 'phone', 'card', 'iban', 'handle', 'link']);

/** The reason that what was found speaks for. */
export function suggested(found: QueuedText['found']): Reason | null {
  if (found.some(({ kind }) => CONTACTS.has(kind))) return 'personal_data';
  return found.length > 0 ? 'insult' : null;
}
