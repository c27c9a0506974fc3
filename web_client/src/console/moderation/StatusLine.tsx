/** The last decision as long as it can be taken back; else the keys. It is always there, so that nothing jumps. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { Button } from '../../ui/parts/Button';
import { CircleCheckIcon, CircleXIcon, UndoIcon } from '../../ui/parts/icons';
import { preferences } from '../preferences';
import { useModeration } from './context';
import { Key } from './Key';
import type { Held } from './moderation';

export function StatusLine(): JSX.Element {
  const room = useModeration();
  const held = room.held.value.at(-1);
  const pause = (): void => {
    room.pause();
  };
  const resume = (): void => {
    room.resume();
  };
  return (
    <div class={`status-line${held === undefined ? '' : ' status-line-held'}`}>
      <div class="status-line-decision" role="status" onMouseEnter={pause} onMouseLeave={resume} onFocusIn={pause} onFocusOut={resume}>
        {held !== undefined && <Decided held={held} />}
      </div>
      {held === undefined && preferences.value.keys && room.lane.value.open.value !== null && <Hints />}
    </div>
  );
}

function Decided({ held: { id, move, texts } }: { held: Held }): JSX.Element {
  const room = useModeration();
  const Icon = move === 'publish' || move === 'stand' ? CircleCheckIcon : CircleXIcon;
  return (
    <>
      <Icon size={17} class={`status-${move}`} />
      {/* Another one of the same kind is spoken as well. */}
      <span key={id}>{t(`console.moderation.held.${move}`, { count: texts.length })}</span>
      <Button size="s" kind="quiet" icon={UndoIcon} onClick={() => { room.undo(); }}>
        {t('common.undo')} <Key name="Z" />
      </Button>
    </>
  );
}

function Hints(): JSX.Element {
  const room = useModeration();
  const isWaiting = room.tab.value === 'waiting';
  const hints = isWaiting
    ? ([['J', 'next'], ['K', 'previous'], ['S', 'select'], ['?', 'help']] as const)
    : ([['J', 'next'], ['K', 'previous'], ['?', 'help']] as const);
  return (
    <p class="status-line-hints" aria-hidden="true">
      {hints.map(([key, name]) => (
        <span key={key}>
          <Key name={key} /> {name === 'select' ? t('console.moderation.select') : t(`console.moderation.key.${name}`)}
        </span>
      ))}
    </p>
  );
}
