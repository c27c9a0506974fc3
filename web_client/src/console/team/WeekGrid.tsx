/** The week as it is drawn: windows are blocks that are pulled, stretched, or moved with the arrow keys. */
import type { JSX } from 'preact';
import { useId, useRef } from 'preact/hooks';

import { dir, t } from '../../i18n';
import { IconButton } from '../../ui/parts/Button';
import { PlusIcon } from '../../ui/parts/icons';
import { DAYS, dayName, hourName, labelOf, wallTime } from './names';
import { usePulling, type Grip } from './pulling';
import { begunAt, blocks, DAY, endedAt, endOf, moved, SNAP, startOf, type Block, type Piece } from './week';

/** A block of fewer minutes has no room for words. */
const SHORTEST_TOLD = 45;

const HOURS = [0, 3, 6, 9, 12, 15, 18, 21, 24];

export interface WeekGridProps {
  pieces: readonly Piece[];
  onPut: (piece: Piece) => void;
  onAdd: (piece: Piece) => void;
  onAddTo: (weekday: number) => void;
  onDrop: (key: number) => void;
}

export function WeekGrid({ pieces, onPut, onAdd, onAddTo, onDrop }: WeekGridProps): JSX.Element {
  const body = useRef<HTMLDivElement>(null);
  const hintId = useId();
  const { pulled, press } = usePulling(body, onPut, onAdd);
  const drawn = blocks(withPulled(pieces, pulled));

  return (
    <div class="week" role="group" aria-label={t('console.team.hours')}>
      <p id={hintId} class="week-hint quiet">{t('console.team.week.hint')}</p>
      <div class="week-heads">
        {DAYS.map((day) => (
          <div key={day} class="week-head">
            <span aria-hidden="true">{dayName(day, 'short')}</span>
            <IconButton icon={PlusIcon} size="s" label={t('console.team.window.add_to', { day: dayName(day) })} onClick={() => { onAddTo(day); }} />
          </div>
        ))}
      </div>
      <div class="week-body" ref={body}>
        <div class="week-hours figures" aria-hidden="true">
          {HOURS.map((hour) => (
            <span key={hour} style={{ insetBlockStart: `${String((hour / 24) * 100)}%` }}>{hourName(hour)}</span>
          ))}
        </div>
        {DAYS.map((day) => (
          <div
            key={day}
            class="week-day"
            data-day={day}
            onPointerDown={(event) => { press(event, { kind: 'draw' }); }}
          />
        ))}
        {/* Above all columns: a window that goes to another day stays where the focus is. */}
        <div class="week-blocks">
          {drawn.map((block) => (
            <BlockView
              key={`${String(block.piece.key)} ${block.part === 'rest' ? 'rest' : ''}`}
              block={block}
              hintId={hintId}
              isPulled={pulled?.key === block.piece.key}
              press={press}
              onPut={onPut}
              onDrop={onDrop}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

interface BlockViewProps {
  block: Block;
  hintId: string;
  isPulled: boolean;
  press: (event: PointerEvent, grip: Grip) => void;
  onPut: (piece: Piece) => void;
  onDrop: (key: number) => void;
}

/** The rest of a window past midnight is no stop of its own for the keyboard. */
function BlockView({ block: { piece, column, from, to, part }, hintId, isPulled, press, onPut, onDrop }: BlockViewProps): JSX.Element {
  const place = { '--day': String(column), insetBlockStart: `${String((from / DAY) * 100)}%`, blockSize: `${String(((to - from) / DAY) * 100)}%` };
  const look = `week-block week-block-${part}${isPulled ? ' week-block-pulled' : ''}`;
  const hold = (event: PointerEvent): void => { press(event, { kind: 'move', piece }); };
  const top = part !== 'rest' && <Handle edge="top" onPress={(event) => { press(event, { kind: 'begin', piece }); }} />;
  const bottom = part !== 'first' && <Handle edge="bottom" onPress={(event) => { press(event, { kind: 'end', piece }); }} />;
  if (part === 'rest') {
    return (
      <div class={look} style={place} data-column={column} aria-hidden="true" onPointerDown={hold}>
        {to >= SHORTEST_TOLD && <span class="week-times week-times-end figures">{wallTime(to)}</span>}
        {bottom}
      </div>
    );
  }
  return (
    <button
      type="button"
      class={look}
      style={place}
      data-column={column}
      aria-label={labelOf(piece)}
      aria-describedby={hintId}
      onPointerDown={hold}
      onKeyDown={(event) => {
        if (event.key === 'Delete' || event.key === 'Backspace') onDrop(piece.key);
        const changed = byKey(event, piece);
        if (changed !== null) {
          event.preventDefault();
          onPut(changed);
        }
      }}
    >
      {top}
      <span class="week-times figures" aria-hidden="true">
        <span>{wallTime(piece.opens)}</span>
        {part === 'whole' && <span class="week-end" data-time={wallTime(endOf(piece).minute)} />}
      </span>
      {bottom}
    </button>
  );
}

function Handle({ edge, onPress }: { edge: 'top' | 'bottom'; onPress: (event: PointerEvent) => void }): JSX.Element {
  return <span class={`week-handle week-handle-${edge}`} onPointerDown={onPress} />;
}

/** The windows as they would be if what is pulled were let go now. */
function withPulled(pieces: readonly Piece[], pulled: Piece | null): readonly Piece[] {
  if (pulled === null) return pieces;
  const isNew = !pieces.some(({ key }) => key === pulled.key);
  return isNew ? [...pieces, pulled] : pieces.map((one) => (one.key === pulled.key ? pulled : one));
}

/** Arrows move; with Shift they move the end, with Alt the beginning. */
function byKey({ key, shiftKey, altKey }: KeyboardEvent, piece: Piece): Piece | null {
  const steps: Record<string, number> = { ArrowUp: -SNAP, ArrowDown: SNAP };
  const step = steps[key];
  if (step !== undefined) {
    if (shiftKey) return endedAt(piece, startOf(piece) + Math.min(DAY, Math.max(SNAP, piece.minutes + step)));
    if (altKey) return begunAt(piece, startOf(piece) + (piece.minutes - step > DAY ? 0 : Math.min(step, piece.minutes - SNAP)));
    return moved(piece, step);
  }
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return null;
  const isOnward = (key === 'ArrowRight') === (dir.value === 'ltr');
  return moved(piece, isOnward ? DAY : -DAY);
}
