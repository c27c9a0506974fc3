/**
 * What a reader who is signed in may do: say which reviews helped him, report others. A vote shows at once, and is taken
 * back where the server does not take it. Who is not signed in loads nothing of this.
 */
import { batch, signal } from '@preact/signals';

import { refusalOf } from '../protocol/refusal';
import { tokenAuth, type GetToken } from '../services/auth';
import { ReviewsApi } from '../services/reviews';

export type Outcome = 'done' | 'signIn' | 'failed';

/** How a review stands to who reads it. */
export interface Standing {
  isOwn: boolean;
  /** Whether he may call it helpful. */
  mayVote: boolean;
  isVoted: boolean;
  /** What he has added to the count since he came. */
  added: number;
}

const NONE: ReadonlySet<string> = new Set();

export class Voting {
  readonly voted = signal(NONE);
  readonly own = signal(NONE);
  /** Of the shop's own people nobody votes. */
  readonly sells = signal(false);
  /** What this reader has added to the counts since they came, by review. */
  readonly added = signal<ReadonlyMap<string, number>>(new Map());
  readonly api: ReviewsApi;
  readonly #busy = new Set<string>();
  #loading: Promise<void> | null = null;

  constructor(getToken: GetToken) {
    this.api = new ReviewsApi(tokenAuth(getToken));
  }

  of(id: string): Standing {
    const isOwn = this.own.value.has(id);
    return { isOwn, mayVote: !isOwn && !this.sells.value, isVoted: this.voted.value.has(id), added: this.added.value.get(id) ?? 0 };
  }

  /** Learns where this reader has voted already. Who cannot be told is asked to sign in once he votes. */
  load(product: string): Promise<void> {
    this.#loading = this.#learn(product).finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #learn(product: string): Promise<void> {
    const mine = await this.api.votes(product).catch(() => null);
    if (!mine) return;
    batch(() => {
      this.voted.value = new Set(mine.voted);
      this.own.value = new Set(mine.own);
      this.sells.value = mine.sells ?? false;
    });
  }

  async toggle(id: string): Promise<Outcome> {
    if (this.#busy.has(id)) return 'done';
    const helpful = !this.voted.peek().has(id);
    this.#busy.add(id);
    try {
      if (this.#loading !== null && !(await this.#remains(id, helpful))) return 'done';
      this.#show(id, helpful);
      await this.api.vote(id, helpful);
      return 'done';
    } catch (thrown) {
      this.#show(id, !helpful);
      return refusalOf(thrown).code === 'unauthenticated' ? 'signIn' : 'failed';
    } finally {
      this.#busy.delete(id);
    }
  }

  /** What is pressed early is meant as it looked: it may be so already, or not for this reader to say. */
  async #remains(id: string, helpful: boolean): Promise<boolean> {
    await this.#loading;
    return this.voted.peek().has(id) !== helpful && !this.own.peek().has(id) && !this.sells.peek();
  }

  #show(id: string, helpful: boolean): void {
    const voted = new Set(this.voted.peek());
    if (helpful) voted.add(id);
    else voted.delete(id);
    const added = new Map(this.added.peek());
    added.set(id, (added.get(id) ?? 0) + (helpful ? 1 : -1));
    batch(() => {
      this.voted.value = voted;
      this.added.value = added;
    });
  }
}
