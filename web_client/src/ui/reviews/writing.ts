/** What is being given to one line or review, apart from how it looks: stars, words, photos, and the draft of them. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';

import type { Draft, Drafts } from '../../connection/drafts';
import type { PhotoView, WriteText } from '../../protocol/generated';
import { newKey } from '../../protocol/keys';
import { codePoints, storable } from '../../protocol/texts';
import { Uploads } from '../../services/uploads';
import type { Client } from '../../state/client';
import { detailsIn, keptDetails, type DetailStars } from './details';

export class ReviewWriting {
  readonly text: Signal<string> = signal('');
  /** None: 0. */
  readonly stars: Signal<number> = signal(0);
  /** Of the order's own ratings those that are chosen. */
  readonly details: Signal<DetailStars> = signal({});
  readonly uploads: Uploads;
  /** How many code points are left. */
  readonly left: ReadonlySignal<number>;
  readonly hasWords: ReadonlySignal<boolean>;
  /** Whether what is here may go: nothing is too long, no photo is still on its way. */
  readonly isWhole: ReadonlySignal<boolean>;
  readonly #client: Client;
  readonly #name: string;
  readonly #first: Draft | undefined;
  #sent = { body: '', key: '' };
  /** Whether there is a draft to be kept: neither before it was taken up, nor after it was sent. */
  #isOpen = false;

  /** `name` is that of the draft; `first` is begun with where there is none. */
  constructor(client: Client, name: string, first?: Draft) {
    this.#client = client;
    this.#name = name;
    this.#first = first;
    this.uploads = new Uploads({ api: client.api, limits: () => client.chat.value.limits });
    this.left = computed(() => client.chat.value.limits.text - codePoints(this.text.value));
    this.hasWords = computed(() => this.text.value.trim() !== '' || this.uploads.items.value.length > 0);
    this.isWhole = computed(() => this.left.value >= 0 && this.uploads.items.value.every(({ photo }) => photo !== undefined));
  }

  /** Takes up the draft, as soon as it is known whose drafts these are. Stars that were tapped just now stand. */
  restore(drafts: Drafts | null): void {
    if (drafts === null || this.#isOpen) return;
    this.#isOpen = true;
    const draft = drafts.has(this.#name) ? drafts.read(this.#name) : this.#first;
    if (draft === undefined) return;
    if (this.text.value === '') this.text.value = draft.text;
    if (this.stars.value === 0) this.stars.value = draft.stars ?? 0;
    this.details.value = { ...detailsIn(draft.form ?? {}), ...this.details.value };
    if (this.uploads.items.value.length === 0) this.uploads.restore(draft.photos);
  }

  /** Reads all that a draft holds, so that a change of it is noticed. */
  touch(): readonly unknown[] {
    return [this.text.value, this.stars.value, this.details.value, this.uploads.items.value];
  }

  save(): void {
    if (!this.#isOpen) return;
    const stars = this.stars.value === 0 ? {} : { stars: this.stars.value };
    this.#client.drafts.value?.write(this.#name, { text: this.text.value, photos: this.#stored(), form: keptDetails(this.details.value), ...stars });
  }

  /** It has gone: no draft is left of it. */
  forget(): void {
    this.#isOpen = false;
    this.#client.drafts.value?.write(this.#name, { text: '', photos: [] });
    this.uploads.clear();
  }

  /** The words as the server takes them. The same words keep their key, however often they are sent. */
  body(): WriteText {
    const words = { text: storable(this.text.value.trim()), photos: this.#stored().map(({ id }) => id) };
    const body = JSON.stringify([this.stars.value, words]);
    if (this.#sent.body !== body) this.#sent = { body, key: newKey() };
    return { client_key: this.#sent.key, ...words };
  }

  #stored(): PhotoView[] {
    return this.uploads.items.value.flatMap(({ photo }) => (photo === undefined ? [] : [photo]));
  }
}
