/** A row of a list that opens its conversation; with Ctrl and the like in a window of its own, as any link. */
import type { ComponentChildren, JSX } from 'preact';

import type { Places } from '../places';
import './row.css';

export interface RowLinkProps {
  class?: string;
  desk: Places;
  id: string;
  /** The message that is shown there. */
  seq?: number;
  children: ComponentChildren;
}

export function RowLink({ class: look = '', desk, id, seq, children }: RowLinkProps): JSX.Element {
  const place = desk.place.value;
  const isOpen = place?.id === id && (seq === undefined || place.seq === seq);
  return (
    <a
      class={`row ${look}`}
      href={`#/t/${id}${seq === undefined ? '' : `/${String(seq)}`}`}
      aria-current={isOpen ? 'true' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        desk.visit(id, seq);
      }}
    >
      {children}
    </a>
  );
}
