/** All keys of the inbox. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { Dialog } from '../ui/parts/Dialog';
import { GROUPS, type Group } from './groups';
import { GROUP_KEYS } from './keys';
import { KeysSwitch } from './SettingsDialog';
import './help.css';

interface Row {
  keys: readonly string[];
  text: string;
}

const ROWS = [
  { keys: ['J'], key: 'keys.next' },
  { keys: ['K'], key: 'keys.previous' },
  { keys: ['R'], key: 'keys.reply' },
  { keys: ['E'], key: 'keys.archive' },
  { keys: ['M'], key: 'keys.mute' },
  { keys: ['D'], key: 'keys.details' },
  { keys: ['/'], key: 'keys.search' },
  { keys: ['Esc'], key: 'keys.back' },
  { keys: ['?'], key: 'keys.help' },
] as const;

export function HelpDialog({ onClose }: { onClose: () => void }): JSX.Element {
  const letters = Object.entries(GROUP_KEYS);
  const letterOf = (group: Group): string => (letters.find(([, one]) => one === group)?.[0] ?? '').toUpperCase();
  return (
    <Dialog title={t('keys.title')} size="m" onClose={onClose}>
      <Rows rows={ROWS.map(({ keys, key }) => ({ keys, text: t(key) }))} />
      <h3 class="help-title">{t('keys.group')}</h3>
      <Rows rows={GROUPS.map((group) => ({ keys: ['G', letterOf(group)], text: t(`inbox.group.${group}`) }))} />
      <div class="help-foot">
        <KeysSwitch />
      </div>
    </Dialog>
  );
}

function Rows({ rows }: { rows: readonly Row[] }): JSX.Element {
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
