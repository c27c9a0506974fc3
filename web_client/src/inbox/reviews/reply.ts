/** A reply that is being written: its words, whether they may go, and the draft that survives a reload. Draws nothing. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';

import type { Drafts } from '../../connection/drafts';
import type { ShopReview } from '../../protocol/generated';
import { newKey } from '../../protocol/keys';
import { codePoints, storable } from '../../protocol/texts';
import { draftName, replyIn, type ReplyPart } from './held';

export interface ReplyParts {
  review: ShopReview;
  part: ReplyPart;
  limit: number;
  drafts: () => Drafts | null;
  send: (words: { client_key: string; text: string }) => Promise<void>;
}

export class Reply {
  readonly text: Signal<string>;
  readonly busy: Signal<boolean> = signal(false);
  /** How many code points are left. */
  readonly left: ReadonlySignal<number>;
  readonly isReady: ReadonlySignal<boolean>;
  readonly #parts: ReplyParts;
  /** Of these very words: whatever is sent again under it is stored once. */
  #key = newKey();

  constructor(parts: ReplyParts) {
    this.#parts = parts;
    this.text = signal(this.#draft() || (replyIn(parts.review, parts.part)?.text ?? ''));
    this.left = computed(() => parts.limit - codePoints(this.text.value));
    this.isReady = computed(() => this.text.value.trim() !== '' && this.left.value >= 0 && !this.busy.value);
  }

  /** Whether something was begun here before. */
  get isBegun(): boolean {
    return this.#draft() !== '';
  }

  write(text: string): void {
    this.text.value = text;
    this.#key = newKey();
    this.#keep(text);
  }

  /** Sends what is here. Answers whether it did; rejects with a Refusal, and the words stay. */
  async submit(): Promise<boolean> {
    if (!this.isReady.value) return false;
    this.busy.value = true;
    try {
      await this.#parts.send({ client_key: this.#key, text: storable(this.text.value.trim()) });
      this.#keep('');
      return true;
    } finally {
      this.busy.value = false;
    }
  }

  get #name(): string {
    return draftName(this.#parts.review.id, this.#parts.part);
  }

  #draft(): string {
    return this.#parts.drafts()?.read(this.#name).text ?? '';
  }

  #keep(text: string): void {
    this.#parts.drafts()?.write(this.#name, { text, photos: [] });
  }
}
