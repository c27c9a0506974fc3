/** How much waits for moderators: asked for again and again while the console is seen, for the rail and the room alike. */
import { computed, signal } from '@preact/signals';

import type { ModerationQueue, QueuedText, ReportedText } from '../../protocol/generated';
import { refusalOf, type Refusal } from '../../protocol/refusal';
import type { ConsoleApi } from '../../services/console';

export type Judged = QueuedText | ReportedText;

const EVERY_MS = 20_000;

/** What is decided here and does not wait any more, though the server may not know it yet. */
type Away = ReadonlyMap<string, 'held' | number>;

/** A text as it was seen. */
export function versionOf({ review_id, part, revision }: Judged): string {
  return `${review_id}/${part}@${String(revision)}`;
}

export class QueueWatch {
  readonly refusal = signal<Refusal | null>(null);
  /** False before the first answer. */
  readonly hasCome = computed(() => this.#latest.value !== null);
  readonly texts = computed(() => this.#here(this.#latest.value?.texts));
  readonly reported = computed(() => this.#here(this.#latest.value?.reported));
  /** How many wait in all: the server gives the oldest of them. */
  readonly waiting = computed(() => this.#inAll(this.#latest.value?.waiting, this.#latest.value?.texts));
  readonly reports = computed(() => this.#inAll(this.#latest.value?.reports, this.#latest.value?.reported));
  /** Decisions on their way, which are to be sent before whoever made them signs out. */
  unsent: (() => Promise<void>) | null = null;

  readonly #api: Pick<ConsoleApi, 'moderation'>;
  readonly #latest = signal<ModerationQueue | null>(null);
  readonly #away = signal<Away>(new Map());
  #asked = 0;
  #answered = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(api: Pick<ConsoleApi, 'moderation'>) {
    this.#api = api;
  }

  /** From now on, until the answer is called. */
  start(): () => void {
    const look = (): void => {
      if (document.visibilityState === 'visible') void this.refresh();
    };
    look();
    this.#timer = setInterval(look, EVERY_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(this.#timer);
      document.removeEventListener('visibilitychange', look);
      this.#forget();
    };
  }

  /** Asks now. Of several answers the one that was asked for last counts. */
  async refresh(): Promise<void> {
    this.#asked += 1;
    const turn = this.#asked;
    try {
      const queue = await this.#api.moderation();
      if (turn <= this.#answered) return;
      this.#answered = turn;
      this.#latest.value = queue;
      this.#away.value = new Map([...this.#away.value].filter(([, since]) => since === 'held' || since >= turn));
      this.refusal.value = null;
    } catch (thrown) {
      if (turn > this.#answered) this.refusal.value = refusalOf(thrown);
    }
  }

  /** Decided, and not sent yet. */
  hold(texts: readonly Judged[]): void {
    this.#put(texts, 'held');
  }

  /** Sent: whatever is asked for from now on knows of it. */
  settle(texts: readonly Judged[]): void {
    this.#put(texts, this.#asked);
  }

  /** They wait again. */
  bringBack(texts: readonly Judged[]): void {
    const back = new Set(texts.map(versionOf));
    this.#away.value = new Map([...this.#away.value].filter(([version]) => !back.has(version)));
  }

  #put(texts: readonly Judged[], since: 'held' | number): void {
    this.#away.value = new Map([...this.#away.value, ...texts.map((text) => [versionOf(text), since] as const)]);
  }

  #here<Text extends Judged>(texts: readonly Text[] = []): readonly Text[] {
    return texts.filter((text) => !this.#away.value.has(versionOf(text)));
  }

  #inAll(count = 0, texts: readonly Judged[] = []): number {
    return Math.max(0, count - (texts.length - this.#here(texts).length));
  }

  /** Somebody else may come. */
  #forget(): void {
    this.#answered = this.#asked;
    this.#latest.value = null;
    this.#away.value = new Map();
    this.refusal.value = null;
  }
}

const watches = new WeakMap<ConsoleApi, QueueWatch>();

/** The one watch of a page. */
export function watchOf(api: ConsoleApi): QueueWatch {
  const known = watches.get(api) ?? new QueueWatch(api);
  watches.set(api, known);
  return known;
}
