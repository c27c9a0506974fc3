/** Pushes on their way into the desk: those that come together are taken in together, so that lists are drawn seldom. */
import type { DeskFrame } from '../../state/desk';

/** Whoever wants to hear what comes, before it is taken in. */
export type Listener = (frame: DeskFrame) => void;

/** At most so often something is taken in. */
export const TOGETHER_MS = 50;

export class Intake {
  readonly listeners = new Set<Listener>();
  readonly #take: (frames: readonly DeskFrame[]) => void;
  #frames: DeskFrame[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tookAt = 0;

  constructor(take: (frames: readonly DeskFrame[]) => void) {
    this.#take = take;
  }

  hear(frame: DeskFrame): void {
    this.listeners.forEach((listener) => {
      listener(frame);
    });
    this.#frames.push(frame);
    this.#timer ??= setTimeout(
      () => {
        this.#flush();
      },
      Math.max(0, this.#tookAt + TOGETHER_MS - Date.now()),
    );
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #flush(): void {
    this.#timer = undefined;
    this.#tookAt = Date.now();
    const frames = this.#frames;
    this.#frames = [];
    this.#take(frames);
  }
}
