/**
 * What this page uses of @preact/signals, in a tenth of its weight: the page's build takes it in its place
 * (vite.reviews.config.ts). Nothing is remembered here: what is computed is computed anew, and whoever read something
 * that changed is called again. For one drawing of one short page that is enough.
 */

type Follower = () => void;

let reader: Follower | null = null;
let depth = 0;
const waiting = new Set<Follower>();
/** Of each follower the ways to forget it, at what it has read. */
const forget = new Map<Follower, Set<() => void>>();

function unfollow(follower: Follower): void {
  forget.get(follower)?.forEach((drop) => {
    drop();
  });
  forget.delete(follower);
}

/** Changes several at once: who follows them is called when the last of them has changed. */
export function batch<T>(change: () => T): T {
  depth += 1;
  try {
    return change();
  } finally {
    depth -= 1;
    if (depth === 0) callAll();
  }
}

function callAll(): void {
  for (const follower of waiting) {
    waiting.delete(follower);
    follower();
  }
}

export class Signal<T> {
  #value: T;
  readonly #followers = new Set<Follower>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    const follower = reader;
    if (follower !== null) {
      this.#followers.add(follower);
      forget.get(follower)?.add(() => this.#followers.delete(follower));
    }
    return this.#value;
  }

  set value(value: T) {
    if (value === this.#value) return;
    this.#value = value;
    batch(() => {
      this.#followers.forEach((follower) => waiting.add(follower));
    });
  }

  peek(): T {
    return this.#value;
  }
}

export const signal = <T>(value: T): Signal<T> => new Signal(value);

export const computed = <T>(compute: () => T): { readonly value: T } => ({
  get value() {
    return compute();
  },
});

/** Calls once, and again whenever something changes that was read in it. Answers how to stop that. */
export function effect(call: () => void): () => void {
  const follower = (): void => {
    unfollow(follower);
    forget.set(follower, new Set());
    const before = reader;
    reader = follower;
    try {
      call();
    } finally {
      reader = before;
    }
  };
  follower();
  return () => {
    waiting.delete(follower);
    unfollow(follower);
  };
}
