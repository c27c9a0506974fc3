/** What has to be asked anew because something was told of it: shop by shop, one after the other, and nothing twice. */
import { insist } from '../../services/insist';

/** What was told of a shop since it was asked for. */
export interface Told {
  /** Single things of it. */
  readonly ids: ReadonlySet<string>;
  /** Anything may have happened to it. */
  readonly isAll: boolean;
}

export type Ask = (shop: string, told: Told) => Promise<void>;

export class News {
  readonly #ask: Ask;
  readonly #stale = new Map<string, Told>();
  #isRunning = false;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Asks for one thing of a shop, or for all, as soon as whatever was told before has been asked for. */
  told(shop: string, id?: string): void {
    const { ids, isAll } = this.#stale.get(shop) ?? { ids: new Set<string>(), isAll: false };
    this.#stale.set(shop, id === undefined ? { ids, isAll: true } : { ids: new Set(ids).add(id), isAll });
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    // What is told in the same moment is asked for together.
    await Promise.resolve();
    for (let [next] = this.#stale; next !== undefined; [next] = this.#stale) {
      const [shop, told] = next;
      this.#stale.delete(shop);
      // What is refused for good is not there for us any more.
      await insist(() => this.#ask(shop, told)).catch(() => undefined);
    }
    this.#isRunning = false;
  }
}
