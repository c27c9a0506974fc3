/** Pulling windows about with a pointer: nothing is changed before it is let go. */
import type { RefObject } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

import { begunAt, DAY, drawn, endedAt, movedTo, piece, snapped, startOf, WEEK, type Piece } from './week';

/** What was taken hold of: a place where nothing is, a window, or one of its edges. */
export type Grip = { kind: 'draw' } | { kind: 'move' | 'begin' | 'end'; piece: Piece };

interface Pull {
  readonly grip: Grip;
  /** The minute of the week where it was pressed. */
  readonly from: number;
  readonly x: number;
  readonly y: number;
  piece: Piece;
  isPulled: boolean;
}

/** A press that moves less is no pulling. */
const SLACK_PX = 4;

/** What one press draws where nothing is. */
const DRAWN = 4 * 60;

export interface Pulling {
  /** The window as it would be if it were let go now. */
  pulled: Piece | null;
  press: (event: PointerEvent, grip: Grip) => void;
}

export function usePulling(body: RefObject<HTMLElement | null>, onPut: (piece: Piece) => void, onAdd: (piece: Piece) => void): Pulling {
  const [pulled, setPulled] = useState<Piece | null>(null);
  const pull = useRef<Pull | null>(null);
  const end = useRef<(() => void) | null>(null);

  useEffect(() => () => end.current?.(), []);

  const press = useCallback(
    (event: PointerEvent, grip: Grip) => {
      if (event.button !== 0 || pull.current !== null) return;
      const from = minuteUnder(body.current, event);
      if (from === null) return;
      event.stopPropagation();
      const held = grip.kind === 'draw' ? piece(drawn(Math.floor(from / 60) * 60, Math.floor(from / 60) * 60 + DRAWN)) : grip.piece;
      pull.current = { grip, from, x: event.clientX, y: event.clientY, piece: held, isPulled: false };

      const move = (moving: PointerEvent): void => {
        const now = pull.current;
        if (now === null) return;
        const isFar = Math.abs(moving.clientX - now.x) > SLACK_PX || Math.abs(moving.clientY - now.y) > SLACK_PX;
        // A finger that draws over the empty week scrolls the page.
        if (!isFar || (grip.kind === 'draw' && moving.pointerType === 'touch')) return;
        const to = minuteUnder(body.current, moving);
        if (to === null) return;
        now.isPulled = true;
        now.piece = changed(now, to);
        setPulled(now.piece);
      };
      const stop = (stopped: PointerEvent): void => {
        const now = pull.current;
        end.current?.();
        if (now === null || stopped.type === 'pointercancel') return;
        if (grip.kind === 'draw') onAdd(now.piece);
        else if (now.isPulled) onPut(now.piece);
      };
      const escape = (pressed: KeyboardEvent): void => {
        if (pressed.key === 'Escape') end.current?.();
      };
      end.current = () => {
        pull.current = null;
        end.current = null;
        setPulled(null);
        document.removeEventListener('pointermove', move);
        document.removeEventListener('pointerup', stop);
        document.removeEventListener('pointercancel', stop);
        document.removeEventListener('keydown', escape);
      };
      document.addEventListener('pointermove', move);
      document.addEventListener('pointerup', stop);
      document.addEventListener('pointercancel', stop);
      document.addEventListener('keydown', escape);
    },
    [body, onPut, onAdd],
  );
  return { pulled, press };
}

/** The window after its grip was pulled from where it was pressed to another minute of the week. */
function changed({ grip, from, piece: held }: Pull, to: number): Piece {
  if (grip.kind === 'draw') return { ...drawn(snapped(from), snapped(to)), key: held.key };
  const start = startOf(grip.piece);
  switch (grip.kind) {
    case 'move':
      return movedTo(grip.piece, snapped(start + to - from));
    case 'begin':
      return begunAt(grip.piece, snapped(to));
    case 'end':
      return endedAt(grip.piece, snapped(to));
  }
}

/** Which minute of the week is under the pointer; beside the week, the nearest. */
function minuteUnder(body: HTMLElement | null, { clientX, clientY }: PointerEvent): number | null {
  const days = [...(body?.querySelectorAll<HTMLElement>('.week-day') ?? [])];
  const near = days
    .map((day) => ({ day, box: day.getBoundingClientRect() }))
    .sort((a, b) => away(a.box, clientX) - away(b.box, clientX))[0];
  if (near === undefined) return null;
  const share = Math.min(1, Math.max(0, (clientY - near.box.top) / near.box.height));
  return Math.min(WEEK - 1, Number(near.day.dataset['day']) * DAY + share * DAY);
}

function away(box: DOMRect, x: number): number {
  return Math.max(box.left - x, x - box.right, 0);
}
