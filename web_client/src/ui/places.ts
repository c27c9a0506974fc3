/** Which conversation is open: the address says it, so that the browser's own "back" leads to the list. */
import { batch, signal, type Signal } from '@preact/signals';

import { neighbour } from '../state/neighbour';
import { NARROW } from './use-media';

/** A conversation that is open, and the message in it that was asked for. */
export interface Place {
  readonly id: string;
  readonly seq?: number;
}

const PLACE = /^#\/t\/([0-9a-f]{16})(?:\/(\d+))?$/;

export function placeIn(hash: string): Place | null {
  const [, id, seq] = PLACE.exec(hash) ?? [];
  if (id === undefined) return null;
  return seq === undefined ? { id } : { id, seq: Number(seq) };
}

/** A list of conversations, of which one may be open. */
export abstract class Places {
  readonly place: Signal<Place | null> = signal(placeIn(location.hash));
  /** Where in the list the one stands that was open last. */
  protected lastPlace = 0;

  /** The list as it is shown. */
  protected abstract listed(): readonly { readonly id: string }[];

  /** Another place was gone to. */
  protected abstract moved(before: Place | null, place: Place | null): void;

  /** From now on the browser's "back" and "forward" are followed. Answers how to stop. */
  protected followAddress(): () => void {
    const onHash = (): void => {
      this.#goTo(placeIn(location.hash));
    };
    window.addEventListener('hashchange', onHash);
    return () => {
      window.removeEventListener('hashchange', onHash);
    };
  }

  visit(id: string, seq?: number): void {
    const at = this.listed().findIndex((one) => one.id === id);
    if (at >= 0) this.lastPlace = at;
    location.hash = `#/t/${id}${seq === undefined ? '' : `/${String(seq)}`}`;
    this.#goTo(seq === undefined ? { id } : { id, seq });
  }

  /** Back to the list. */
  leave(): void {
    if (this.place.value === null) return;
    location.hash = '#/';
    this.#goTo(null);
  }

  step(step: 1 | -1): void {
    const next = neighbour(this.listed(), this.place.value?.id ?? null, this.lastPlace, step);
    if (next !== null) this.visit(next.id);
  }

  /** The open conversation leaves the list: the one that takes its place is next, or there is none. */
  moveOn(): void {
    const others = this.listed().filter(({ id }) => id !== this.place.value?.id);
    const next = others[Math.min(this.lastPlace, others.length - 1)];
    if (next !== undefined && !matchMedia(NARROW).matches) this.visit(next.id);
    else this.leave();
  }

  /** The address tells of it once more, a moment later. */
  #goTo(place: Place | null): void {
    const before = this.place.peek();
    if (before?.id === place?.id && before?.seq === place?.seq) return;
    batch(() => {
      this.place.value = place;
      this.moved(before, place);
    });
  }
}
