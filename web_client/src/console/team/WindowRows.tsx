/** The same hours as rows of fields: a day, from, to. Everything that the drawing can do is done here by keyboard too. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { Button, IconButton } from '../../ui/parts/Button';
import { CopyIcon, PlusIcon, TrashIcon } from '../../ui/parts/icons';
import { DAYS, dayName } from './names';
import { SpanFields } from './SpanFields';
import type { Piece } from './week';

export interface WindowRowsProps {
  pieces: readonly Piece[];
  onPut: (piece: Piece) => void;
  onAddTo: (weekday: number) => void;
  onDrop: (key: number) => void;
  onCopy: (weekday: number) => void;
}

export function WindowRows({ pieces, onPut, onAddTo, onDrop, onCopy }: WindowRowsProps): JSX.Element {
  return (
    <div class="window-rows" role="group" aria-label={t('console.team.rows')}>
      <ul>
        {pieces.map((piece) => {
          const name = dayName(piece.weekday);
          return (
            <li key={piece.key} class="window-row">
              <select
                aria-label={t('console.team.window.day')}
                value={piece.weekday}
                onChange={({ currentTarget }) => { onPut({ ...piece, weekday: Number(currentTarget.value) }); }}
              >
                {DAYS.map((day) => (
                  <option key={day} value={day}>{dayName(day)}</option>
                ))}
              </select>
              <SpanFields name={name} span={piece} onChange={onPut} />
              <span class="window-tools">
                <IconButton icon={CopyIcon} size="s" label={t('console.team.window.copy', { day: name })} onClick={() => { onCopy(piece.weekday); }} />
                <IconButton icon={TrashIcon} size="s" label={t('console.team.window.remove', { name })} onClick={() => { onDrop(piece.key); }} />
              </span>
            </li>
          );
        })}
      </ul>
      <Button size="s" icon={PlusIcon} onClick={() => { onAddTo(freeDay(pieces)); }}>{t('console.team.window.add')}</Button>
    </div>
  );
}

/** The first day that has no hours, else Monday. */
function freeDay(pieces: readonly Piece[]): number {
  return DAYS.find((day) => !pieces.some(({ weekday }) => weekday === day)) ?? 0;
}
