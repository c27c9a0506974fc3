/** What has to be asked anew because something was told of it: shop by shop, one after the other, and nothing twice. */

export class News {
  readonly #ask: (shop: string, reviews: ReadonlySet<string>) => Promise<void>;
  /** Shops, and the reviews of each, that were told of since they were asked for. */
  readonly #stale = new Map<string, Set<string>>();
  #isRunning = false;

  constructor(ask: (shop: string, reviews: ReadonlySet<string>) => Promise<void>) {
    this.#ask = ask;
  }

  /** Asks for it as soon as whatever was told before has been asked for. */
  told(shop: string, review?: string): void {
    const reviews = this.#stale.get(shop) ?? new Set();
    if (review !== undefined) reviews.add(review);
    this.#stale.set(shop, reviews);
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    try {
      // What is told in the same moment is asked for together.
      await Promise.resolve();
      for (let [next] = this.#stale; next !== undefined; [next] = this.#stale) {
        this.#stale.delete(next[0]);
        await this.#ask(...next);
      }
    } catch {
      // The connection was lost: whoever comes back tells of everything anew.
      this.#stale.clear();
    } finally {
      this.#isRunning = false;
    }
  }
}
