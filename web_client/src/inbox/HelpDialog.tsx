/** All keys of the inbox. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { Dialog } from '../ui/parts/Dialog';
import { KeyRows } from '../ui/parts/KeyRows';
import { GROUPS, type Group } from './groups';
import { GROUP_KEYS } from './keys';
import { KeysSwitch } from './SettingsDialog';

const ROWS = [
  { keys: ['J'], key: 'keys.next' },
  { keys: ['K'], key: 'keys.previous' },
  { keys: ['R'], key: 'keys.reply' },
  { keys: ['E'], key: 'keys.archive' },
  { keys: ['M'], key: 'keys.mute' },
  { keys: ['D'], key: 'keys.details' },
  { keys: ['N'], key: 'keys.notices' },
  { keys: ['/'], key: 'keys.search' },
  { keys: ['Esc'], key: 'keys.back' },
  { keys: ['?'], key: 'keys.help' },
] as const;

export function HelpDialog({ onClose }: { onClose: () => void }): JSX.Element {
  const letters = Object.entries(GROUP_KEYS);
  const letterOf = (group: Group): string => (letters.find(([, one]) => one === group)?.[0] ?? '').toUpperCase();
  return (
    <Dialog title={t('keys.title')} size="m" onClose={onClose}>
      <KeyRows rows={ROWS.map(({ keys, key }) => ({ keys, text: t(key) }))} />
      <h3 class="help-title">{t('keys.group')}</h3>
      <KeyRows
        rows={[
          ...GROUPS.map((group) => ({ keys: ['G', letterOf(group)], text: t(`inbox.group.${group}`) })),
          { keys: ['G', 'D'], text: t('inbox.disputes') },
          { keys: ['G', 'R'], text: t('inbox.reviews') },
          { keys: ['G', 'F'], text: t('inbox.figures') },
        ]}
      />
      <div class="help-foot">
        <KeysSwitch />
      </div>
    </Dialog>
  );
}
