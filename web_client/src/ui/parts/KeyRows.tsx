/** Keys, and what they do. */
import type { JSX } from 'preact';

import './key-rows.css';

export interface KeyRow {
  keys: readonly string[];
  text: string;
}

export function KeyRows({ rows }: { rows: readonly KeyRow[] }): JSX.Element {
  return (
    <dl class="help-rows">
      {rows.map(({ keys, text }) => (
        <div key={text} class="help-row">
          <dt>{text}</dt>
          <dd>
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
