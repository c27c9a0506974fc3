/** A way in steps, the ones behind us checked; what is to be known of each stands under it. */
import type { ComponentChildren, JSX } from 'preact';

import { CheckIcon } from '../parts/icons';
import './steps.css';

export interface Step {
  readonly key: string;
  readonly name: string;
  readonly isDone: boolean;
  readonly note?: ComponentChildren;
}

export function Steps({ label, steps }: { label: string; steps: readonly Step[] }): JSX.Element {
  const current = steps.findIndex(({ isDone }) => !isDone);
  return (
    <section class="way" aria-label={label}>
      <h2>{label}</h2>
      <ol>
        {steps.map(({ key, name, isDone, note }, index) => (
          <li key={key} class={`way-step${isDone ? ' way-done' : ''}`} aria-current={index === current ? 'step' : undefined}>
            <span class="way-mark">{isDone && <CheckIcon size={12} />}</span>
            <div class="way-words">
              <span class="way-name">{name}</span>
              {note !== undefined && note !== '' && <div class="way-note">{note}</div>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
