/** What is being put in, apart from how it looks: words, photos, messages of the order; and the draft of them. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';

import type { Drafts } from '../../connection/drafts';
import type { EvidenceBody, PhotoView } from '../../protocol/generated';
import { newKey } from '../../protocol/keys';
import { codePoints, storable } from '../../protocol/texts';
import { Uploads } from '../../services/uploads';
import type { Client } from '../../state/client';

export type Form = Readonly<Record<string, string>>;

export class EvidenceWriting {
  readonly text: Signal<string> = signal('');
  readonly uploads: Uploads;
  /** Of the order's thread, by their `seq`. */
  readonly messages: Signal<ReadonlySet<number>> = signal(new Set());
  /** Whatever else its form holds: a reason, an amount. */
  readonly form: Signal<Form> = signal({});
  /** How many code points are left. */
  readonly left: ReadonlySignal<number>;
  /** Whether a photo, or a message, is there or on its way. */
  readonly hasPieces: ReadonlySignal<boolean>;
  readonly isEmpty: ReadonlySignal<boolean>;
  /** Whether what is here may go: nothing is too long, no photo is still on its way. */
  readonly isWhole: ReadonlySignal<boolean>;
  readonly #client: Client;
  readonly #name: string;
  #sent = { body: '', key: '' };
  /** Whether there is a draft to be kept: neither before it was taken up, nor after it was sent. */
  #isOpen = false;

  /** `name` is that of the draft. */
  constructor(client: Client, name: string) {
    this.#client = client;
    this.#name = name;
    this.uploads = new Uploads({ api: client.api, limits: () => client.chat.value.limits });
    this.left = computed(() => client.chat.value.limits.text - codePoints(this.text.value));
    this.hasPieces = computed(() => this.uploads.items.value.length > 0 || this.messages.value.size > 0);
    this.isEmpty = computed(() => this.text.value.trim() === '' && !this.hasPieces.value);
    this.isWhole = computed(() => this.left.value >= 0 && this.uploads.items.value.every(({ photo }) => photo !== undefined));
  }

  /** Takes up the draft, as soon as it is known whose drafts these are. */
  restore(drafts: Drafts | null): void {
    if (drafts === null || this.#isOpen) return;
    this.#isOpen = true;
    const { text, photos, form = {} } = drafts.read(this.#name);
    if (this.text.value === '') this.text.value = text;
    if (this.uploads.items.value.length === 0 && photos.length > 0) this.uploads.restore(photos);
    const { messages = '', ...rest } = form;
    this.form.value = { ...rest, ...this.form.value };
    if (messages !== '') this.messages.value = new Set(messages.split(' ').map(Number));
  }

  /** Reads all that a draft holds, so that a change of it is noticed. */
  touch(): readonly unknown[] {
    return [this.text.value, this.form.value, this.messages.value, this.uploads.items.value];
  }

  save(): void {
    if (!this.#isOpen) return;
    const messages = [...this.messages.value].join(' ');
    const form = { ...this.form.value, ...(messages === '' ? {} : { messages }) };
    this.#client.drafts.value?.write(this.#name, { text: this.text.value, photos: this.#stored(), form });
  }

  /** It has gone: no draft is left of it. */
  forget(): void {
    this.#isOpen = false;
    this.#client.drafts.value?.write(this.#name, { text: '', photos: [] });
    this.uploads.clear();
  }

  toggle(seq: number): void {
    const next = new Set(this.messages.value);
    if (!next.delete(seq)) next.add(seq);
    this.messages.value = next;
  }

  /** As the server takes it. */
  body(): EvidenceBody {
    const messages = [...this.messages.value].sort((one, other) => one - other);
    return { text: storable(this.text.value.trim()), photos: this.#stored().map(({ id }) => id), messages };
  }

  /** The same step keeps its key, however often it is sent. */
  keyOf(step: unknown): string {
    const body = JSON.stringify([step, this.body()]);
    if (this.#sent.body !== body) this.#sent = { body, key: newKey() };
    return this.#sent.key;
  }

  #stored(): PhotoView[] {
    return this.uploads.items.value.flatMap(({ photo }) => (photo === undefined ? [] : [photo]));
  }
}
