/**
 * Stored photos as addresses that an <img> can show. They are fetched with the reader's rights and held as blobs;
 * the ones not looked at for longest are let go.
 */
import type { Api } from './api';

export type Variant = 'full' | 'thumb';

/** So many photos are held at once. One that is let go while it is shown stays on the screen. */
const MOST = 80;

export class Photos {
  readonly #api: Pick<Api, 'photo'>;
  readonly #held = new Map<string, Promise<string>>();

  constructor(api: Pick<Api, 'photo'>) {
    this.#api = api;
  }

  /** The address of a photo. Rejects with a Refusal; another call tries again. */
  address(id: string, variant: Variant): Promise<string> {
    const name = `${id}/${variant}`;
    const known = this.#held.get(name);
    const found = known ?? this.#load(id, variant, name);
    this.#held.delete(name);
    this.#held.set(name, found);
    this.#evict();
    return found;
  }

  /** Lets go of everything: somebody else is here now. */
  clear(): void {
    for (const [name, address] of this.#held) this.#release(name, address);
  }

  async #load(id: string, variant: Variant, name: string): Promise<string> {
    try {
      return URL.createObjectURL(await this.#api.photo(id, variant));
    } catch (thrown) {
      this.#held.delete(name);
      throw thrown;
    }
  }

  #evict(): void {
    for (const [name, address] of this.#held) {
      if (this.#held.size <= MOST) return;
      this.#release(name, address);
    }
  }

  #release(name: string, address: Promise<string>): void {
    this.#held.delete(name);
    address.then(
      (shown) => {
        URL.revokeObjectURL(shown);
      },
      () => undefined,
    );
  }
}
