/** Working hours of a week: drawn as seven columns, and as rows of fields below. Both say the same. */
import type { JSX } from 'preact';
import { useCallback, useState } from 'preact/hooks';

import { t } from '../../i18n';
import { Banner } from '../../ui/parts/Banner';
import { Button } from '../../ui/parts/Button';
import { AlertIcon, ClockIcon } from '../../ui/parts/icons';
import { labelOf } from './names';
import { copiedToAll, fresh, overlaps, piece, type Piece } from './week';
import { WeekGrid } from './WeekGrid';
import { WindowRows } from './WindowRows';

const WORKDAYS = [0, 1, 2, 3, 4];

export interface WeekEditorProps {
  pieces: readonly Piece[];
  onChange: (pieces: readonly Piece[]) => void;
}

export function WeekEditor({ pieces, onChange }: WeekEditorProps): JSX.Element {
  const [said, setSaid] = useState('');

  const put = useCallback(
    (changed: Piece) => {
      onChange(pieces.map((one) => (one.key === changed.key ? changed : one)));
      setSaid(labelOf(changed));
    },
    [pieces, onChange],
  );
  const add = useCallback(
    (added: Piece) => {
      onChange([...pieces, added].sort((a, b) => a.weekday - b.weekday));
      setSaid(labelOf(added));
    },
    [pieces, onChange],
  );
  const drop = useCallback(
    (key: number) => {
      onChange(pieces.filter((one) => one.key !== key));
      setSaid(t('console.team.window.removed'));
    },
    [pieces, onChange],
  );

  return (
    <div class="week-editor">
      <p class="unseen" role="status">{said}</p>
      <WeekGrid
        pieces={pieces}
        onPut={put}
        onAdd={add}
        onAddTo={(weekday) => { add(fresh(pieces, weekday)); }}
        onDrop={drop}
      />
      {pieces.length === 0 && (
        <div class="week-none">
          <ClockIcon size={18} />
          <p>{t('console.team.hours.none')}</p>
          <Button size="s" onClick={() => { onChange(WORKDAYS.map((weekday) => piece({ weekday, opens: 540, minutes: 540 }))); }}>
            {t('console.team.hours.workdays')}
          </Button>
        </div>
      )}
      {overlaps(pieces) && <Banner icon={AlertIcon}>{t('console.team.hours.overlap')}</Banner>}
      <WindowRows
        pieces={pieces}
        onPut={put}
        onAddTo={(weekday) => { add(fresh(pieces, weekday)); }}
        onDrop={drop}
        onCopy={(weekday) => { onChange(copiedToAll(pieces, weekday)); }}
      />
    </div>
  );
}
