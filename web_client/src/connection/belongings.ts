/** What this browser holds for whoever is signed in: unsent letters, drafts, addresses left for answers. They change with the person. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';

import { Drafts } from './drafts';
import { lastingShelf, openKeep, type Keep, type Shelf } from './keep';
import { Outbox, type Letter, type OutboxParts } from './outbox';

const NOTHING: readonly Letter[] = [];

export class Belongings {
  readonly #box: Signal<Outbox | null> = signal(null);
  readonly #notes: Signal<Drafts | null> = signal(null);
  readonly #shelf: Shelf | undefined;
  readonly #parts: Omit<OutboxParts, 'keep'>;
  #keep: Keep | null = null;

  /** Unsent letters, oldest first. */
  readonly letters: ReadonlySignal<readonly Letter[]> = computed(() => this.#box.value?.letters.value ?? NOTHING);

  constructor(parts: Omit<OutboxParts, 'keep'>, shelf?: Shelf) {
    this.#parts = parts;
    this.#shelf = shelf;
  }

  /** Null until it is known who is here. */
  get drafts(): ReadonlySignal<Drafts | null> {
    return this.#notes;
  }

  get outbox(): Outbox | null {
    return this.#box.peek();
  }

  /** From now on everything is this person's. */
  become(person: string): void {
    this.#box.peek()?.dispose();
    this.#keep = openKeep(person, this.#shelf ?? lastingShelf());
    this.#notes.value = new Drafts(this.#keep);
    this.#box.value = new Outbox({ ...this.#parts, keep: this.#keep });
  }

  /** The address that was left in a thread for its answers; empty where none was. */
  contact(thread: string): string {
    return this.#keep?.read(`contact:${thread}`) ?? '';
  }

  keepContact(thread: string, email: string): void {
    if (email === '') this.#keep?.remove(`contact:${thread}`);
    else this.#keep?.write(`contact:${thread}`, email);
  }

  dispose(): void {
    this.#box.peek()?.dispose();
  }

  /** Forgets everything of this person, here and in other tabs. */
  clear(): void {
    this.dispose();
    this.#keep?.clear();
    this.#box.value = null;
    this.#notes.value = null;
  }
}
