/** What is offered under the cursor while a word is written, and the keys that walk through it. */
import { signal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';

import { completed, matching, wordAt, type Sign, type Suggestion } from './suggest';
import './suggesting.css';

export class Suggesting {
  all: readonly Suggestion[] = [];
  readonly id: string;
  readonly #sign: Sign;
  readonly #at: Signal<number> = signal(0);
  /** The text at which somebody has sent it away. */
  readonly #closedAt: Signal<string | null> = signal(null);

  constructor(sign: Sign, name: string) {
    this.#sign = sign;
    this.id = `suggest-${name}`;
  }

  /** What fits what is being written; nothing where no word begins with the sign. */
  of(text: string): Suggestion[] {
    const word = wordAt(text, this.#sign);
    return word === null || this.#closedAt.value === text ? [] : matching(this.all, word);
  }

  at(count: number): number {
    return Math.min(this.#at.value, count - 1);
  }

  completed(text: string, chosen: Suggestion): string {
    this.#at.value = 0;
    return completed(text, this.#sign, chosen);
  }

  list(text: string): { id: string; active: string | undefined } | undefined {
    const found = this.of(text);
    const active = found[this.at(found.length)];
    return active === undefined ? undefined : { id: this.id, active: `${this.id}-${active.id}` };
  }

  /** Answers whether the key was meant for the list. */
  onKey(event: KeyboardEvent, text: string, pick: (chosen: Suggestion) => void): boolean {
    const found = this.of(text);
    if (found.length === 0) return false;
    const at = this.at(found.length);
    if (event.key === 'ArrowDown') this.#at.value = (at + 1) % found.length;
    else if (event.key === 'ArrowUp') this.#at.value = (at - 1 + found.length) % found.length;
    else if (event.key === 'Escape') this.#closedAt.value = text;
    else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') {
      const chosen = found[at];
      if (chosen !== undefined) pick(chosen);
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}

export interface SuggestListProps {
  suggesting: Suggesting;
  text: string;
  label: string;
  onPick: (chosen: Suggestion) => void;
}

export function SuggestList({ suggesting, text, label, onPick }: SuggestListProps): JSX.Element | null {
  const found = suggesting.of(text);
  if (found.length === 0) return null;
  const at = suggesting.at(found.length);
  return (
    <ul class="suggest" id={suggesting.id} role="listbox" aria-label={label}>
      {found.map((one, index) => (
        <li
          key={one.id}
          id={`${suggesting.id}-${one.id}`}
          role="option"
          aria-selected={index === at}
          class="suggest-item"
          // The cursor stays in the text.
          onMouseDown={(event) => {
            event.preventDefault();
            onPick(one);
          }}
        >
          <span class="suggest-title clip" dir="auto">
            {one.title}
          </span>
          {one.hint !== '' && <span class="suggest-hint quiet">{one.hint}</span>}
        </li>
      ))}
    </ul>
  );
}
