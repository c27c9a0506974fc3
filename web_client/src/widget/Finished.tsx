/** Something was done to its end: a mark, what it was, and what happens now. */
import type { JSX } from 'preact';

import { CircleCheckIcon } from '../ui/parts/icons';
import './finished.css';

export function Finished({ title, text }: { title: string; text: string }): JSX.Element {
  return (
    <div class="finished" role="status">
      <span class="finished-mark">
        <CircleCheckIcon size={30} />
      </span>
      <h2>{title}</h2>
      <p>{text}</p>
    </div>
  );
}
