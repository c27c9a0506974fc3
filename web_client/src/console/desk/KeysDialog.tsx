/** All keys of the desk. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { LISTS, type ListName } from '../../state/desk-lists';
import { Dialog } from '../../ui/parts/Dialog';
import { KeyRows } from '../../ui/parts/KeyRows';
import { KeysSwitch } from './DeskSettings';
import { LIST_KEYS } from './keys';

const ROWS = [
  { keys: ['J'], key: 'next' },
  { keys: ['K'], key: 'previous' },
  { keys: ['R'], key: 'reply' },
  { keys: ['N'], key: 'note' },
  { keys: ['C'], key: 'claim' },
  { keys: ['E'], key: 'resolve' },
  { keys: ['A'], key: 'assign' },
  { keys: ['T'], key: 'transfer' },
  { keys: ['S'], key: 'snooze' },
  { keys: ['D'], key: 'details' },
  { keys: ['/'], key: 'search' },
  { keys: ['Esc'], key: 'back' },
  { keys: ['?'], key: 'help' },
] as const;

/** The key beside the space bar that begins commands. */
const COMMAND = /Mac|iP(hone|ad)/u.test(navigator.userAgent) ? '⌘' : 'Ctrl';

export function letterOf(list: ListName): string {
  return (Object.entries(LIST_KEYS).find(([, one]) => one === list)?.[0] ?? '').toUpperCase();
}

export function KeysDialog({ onClose }: { onClose: () => void }): JSX.Element {
  return (
    <Dialog title={t('console.desk.keys')} size="m" onClose={onClose}>
      <KeyRows rows={ROWS.map(({ keys, key }) => ({ keys, text: t(`console.desk.key.${key}`) }))} />
      <h3 class="help-title">{t('console.desk.key.lists')}</h3>
      <KeyRows rows={LISTS.map((list) => ({ keys: ['G', letterOf(list)], text: t(`console.desk.list.${list}`) }))} />
      <h3 class="help-title">{t('console.desk.key.always')}</h3>
      <KeyRows
        rows={[
          { keys: [COMMAND, 'K'], text: t('console.desk.palette') },
          { keys: [COMMAND, '↵'], text: t('console.desk.key.send_resolve') },
          { keys: ['/'], text: t('console.desk.key.canned') },
          { keys: ['@'], text: t('console.desk.key.mention') },
        ]}
      />
      <div class="help-foot">
        <KeysSwitch />
      </div>
    </Dialog>
  );
}
