/** Photos on their way from somebody's device into a message: made small, sent with progress, cancelled, tried again. */
import { signal, type ReadonlySignal } from '@preact/signals';

import type { PhotoView } from '../protocol/generated';
import { newKey } from '../protocol/keys';
import { Refusal, refusalOf, type RefusalCode } from '../protocol/refusal';
import type { Api } from './api';
import { isPhoto, shrink } from './shrink';

export interface UploadItem {
  readonly key: string;
  /** An address of the picture on this device; empty for a photo that a draft brought back. */
  readonly preview: string;
  /** From 0 to 1. */
  readonly share: number;
  /** Set once it is stored. */
  readonly photo?: PhotoView;
  readonly refused?: RefusalCode;
}

export interface UploadsParts {
  api: Pick<Api, 'upload'>;
  /** The server's bounds, asked each time. */
  limits: () => { photos: number; photo_bytes: number };
}

/** What became of an attempt to add files. */
export interface Added {
  /** These are no photos. */
  readonly foreign: number;
  /** There was no room for these. */
  readonly tooMany: number;
}

export class Uploads {
  readonly #parts: UploadsParts;
  readonly #all = signal<readonly UploadItem[]>([]);
  readonly #files = new Map<string, File>();
  readonly #aborts = new Map<string, AbortController>();

  constructor(parts: UploadsParts) {
    this.#parts = parts;
  }

  get items(): ReadonlySignal<readonly UploadItem[]> {
    return this.#all;
  }

  /** Begins to send files; what is too many or no photo is left out and counted. */
  add(files: readonly File[]): Added {
    const photos = files.filter(isPhoto);
    const room = Math.max(0, this.#parts.limits().photos - this.#all.value.length);
    const taken = photos.slice(0, room).map((file): UploadItem => {
      const key = newKey();
      this.#files.set(key, file);
      return { key, preview: URL.createObjectURL(file), share: 0 };
    });
    this.#all.value = [...this.#all.value, ...taken];
    taken.forEach(({ key }) => void this.#send(key));
    return { foreign: files.length - photos.length, tooMany: photos.length - taken.length };
  }

  /** Photos that are stored already: a draft remembers them. */
  restore(photos: readonly PhotoView[]): void {
    this.clear();
    this.#all.value = photos.map((photo) => ({ key: photo.id, preview: '', share: 1, photo }));
  }

  remove(key: string): void {
    this.#aborts.get(key)?.abort();
    this.#release(key);
    this.#all.value = this.#all.value.filter((item) => item.key !== key);
  }

  /** Tries again what failed for want of a connection, or this one whatever it failed for. */
  retry(key?: string): void {
    const again = this.#all.value.filter(({ key: own, refused }) =>
      key === undefined ? refused === 'offline' || refused === 'unavailable' : own === key,
    );
    again.forEach((item) => void this.#send(item.key));
  }

  /** Empties the tray: its photos are in a letter now, or nobody wants them. */
  clear(): void {
    this.#aborts.forEach((abort) => {
      abort.abort();
    });
    this.#all.value.forEach(({ key }) => {
      this.#release(key);
    });
    this.#all.value = [];
  }

  async #send(key: string): Promise<void> {
    const file = this.#files.get(key);
    if (file === undefined || this.#aborts.has(key)) return;
    const abort = new AbortController();
    this.#aborts.set(key, abort);
    this.#change(key, ({ refused: _, ...item }) => ({ ...item, share: 0 }));
    try {
      const photo = await this.#store(key, file, abort.signal);
      this.#change(key, (item) => ({ ...item, share: 1, photo }));
    } catch (thrown) {
      this.#change(key, (item) => ({ ...item, refused: refusalOf(thrown).code }));
    } finally {
      this.#aborts.delete(key);
    }
  }

  async #store(key: string, file: File, signal: AbortSignal): Promise<PhotoView> {
    const blob = await shrink(file, this.#parts.limits().photo_bytes);
    if (blob === null) throw new Refusal('photo_refused');
    if (signal.aborted) throw new Refusal('offline');
    const onProgress = (share: number): void => {
      this.#change(key, (item) => ({ ...item, share }));
    };
    return this.#parts.api.upload({ blob, key, onProgress, signal });
  }

  #change(key: string, change: (item: UploadItem) => UploadItem): void {
    this.#all.value = this.#all.value.map((item) => (item.key === key ? change(item) : item));
  }

  #release(key: string): void {
    const preview = this.#all.value.find((item) => item.key === key)?.preview ?? '';
    if (preview !== '') URL.revokeObjectURL(preview);
    this.#files.delete(key);
    this.#aborts.delete(key);
  }
}
