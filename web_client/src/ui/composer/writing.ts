/** What is being written into one thread, apart from how it looks: text, photos, drafts, sending, changing. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';

import type { Drafts } from '../../connection/drafts';
import type { Letter } from '../../connection/outbox';
import type { PhotoView } from '../../protocol/generated';
import { codePoints, storable } from '../../protocol/texts';
import { Uploads } from '../../services/uploads';
import type { Client } from '../../state/client';
import { isMine } from '../../state/select';
import { messageAt } from '../../state/timeline';
import type { Talk } from '../threads/talk';

export class Writing {
  readonly text: Signal<string> = signal('');
  readonly uploads: Uploads;
  /** Whether pressing "send" would do something. */
  readonly isReady: ReadonlySignal<boolean>;
  /** How many code points are left. */
  readonly left: ReadonlySignal<number>;
  readonly #client: Client;
  readonly #talk: Talk;
  /** What stood here before a message was taken up for editing. */
  #aside = '';
  #isRestored = false;

  constructor(client: Client, talk: Talk) {
    this.#client = client;
    this.#talk = talk;
    this.uploads = new Uploads({ api: client.api, limits: () => client.chat.value.limits });
    this.left = computed(() => client.chat.value.limits.text - codePoints(this.text.value));
    this.isReady = computed(() => this.#isSendable());
  }

  /** Takes up the draft, as soon as it is known whose drafts these are; what was written meanwhile goes before it. */
  restore(drafts: Drafts | null): void {
    if (drafts === null || this.#isRestored) return;
    this.#isRestored = true;
    if (this.text.peek() !== '') return;
    const draft = drafts.read(this.#talk.threadId);
    this.text.value = draft.text;
    this.uploads.restore(draft.photos);
    const timeline = this.#client.chat.peek().threads.get(this.#talk.threadId)?.timeline ?? null;
    if (draft.replyTo !== undefined && timeline !== null) {
      this.#talk.replyTo.value = messageAt(timeline, draft.replyTo);
    }
  }

  write(text: string): void {
    this.text.value = text;
    if (text !== '' && this.#talk.editing.value === null) this.#client.typing(this.#talk.threadId);
  }

  /** Reads all that a draft holds, so that a change of it is noticed. */
  touch(): readonly unknown[] {
    return [this.text.value, this.uploads.items.value, this.#talk.replyTo.value];
  }

  /** Keeps what is here for next time. An edit is no draft. */
  save(): void {
    if (!this.#isRestored) return;
    const text = this.#talk.editing.value === null ? this.text.value : this.#aside;
    const replyTo = this.#talk.replyTo.value?.seq;
    const draft = { text, photos: this.#stored(), ...(replyTo === undefined ? {} : { replyTo }) };
    this.#client.drafts.value?.write(this.#talk.threadId, draft);
  }

  /** Sends what is here, or changes the message that is being edited. Answers what is on its way. Rejects with a Refusal. */
  async submit(): Promise<Letter | null> {
    if (!this.isReady.value) return null;
    if (this.#talk.editing.value !== null) {
      await this.#change();
      return null;
    }
    if (this.#client.drafts.peek() !== null) return this.#send();
    // Before it is known who is here, nothing that is said would be kept: it goes as soon as that is known.
    const text = this.text.peek();
    await this.#client.known();
    // Who has written on meanwhile is not done yet.
    return this.text.peek() === text ? this.submit() : null;
  }

  /** Takes up an own message to change its words. */
  edit(text: string): void {
    this.#aside = this.text.value;
    this.text.value = text;
  }

  cancelEdit(): void {
    this.#talk.editing.value = null;
    this.text.value = this.#aside;
    this.#aside = '';
  }

  /** Takes up the newest own message, if it may still be changed. */
  lastOwn(): ReturnType<typeof messageAt> {
    const { threads, me } = this.#client.chat.value;
    const events = threads.get(this.#talk.threadId)?.timeline?.events ?? [];
    const found = events.findLast((event) => event.kind === 'posted' && isMine(event, me?.id));
    return found?.kind === 'posted' ? found : null;
  }

  #isSendable(): boolean {
    if (this.left.value < 0) return false;
    const hasText = this.text.value.trim() !== '';
    if (this.#talk.editing.value !== null) return hasText;
    const items = this.uploads.items.value;
    return items.every(({ photo }) => photo !== undefined) && (hasText || items.length > 0);
  }

  #stored(): PhotoView[] {
    return this.uploads.items.value.flatMap(({ photo }) => (photo === undefined ? [] : [photo]));
  }

  #send(): Letter | null {
    const replyTo = this.#talk.replyTo.value?.seq;
    const letter = this.#client.send({
      threadId: this.#talk.threadId,
      text: storable(this.text.value.trim()),
      photos: this.#stored(),
      ...(replyTo === undefined ? {} : { replyTo }),
    });
    if (letter === null) return null;
    this.text.value = '';
    this.#talk.replyTo.value = null;
    this.uploads.clear();
    this.save();
    return letter;
  }

  async #change(): Promise<void> {
    const message = this.#talk.editing.value;
    const text = storable(this.text.value.trim());
    if (message === null) return;
    if (text !== message.text) await this.#client.edit(this.#talk.threadId, message.seq, text);
    this.cancelEdit();
  }
}
