/** What a seller may set for this browser: look, language, notifications, keys. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { Dialog } from '../ui/parts/Dialog';
import { CallSwitches, KeysSwitch as Keys, type HabitsProps } from '../ui/parts/Habits';
import { Look } from '../ui/parts/Look';
import { prefer, preferences } from './preferences';

export function SettingsDialog({ onClose }: { onClose: () => void }): JSX.Element {
  return (
    <Dialog title={t('inbox.settings')} onClose={onClose}>
      <div class="settings">
        <Look theme={preferences.value.theme} onPick={prefer} />
        <CallSwitches {...habits()} />
        <KeysSwitch />
      </div>
    </Dialog>
  );
}

export function KeysSwitch(): JSX.Element {
  return <Keys {...habits()} />;
}

function habits(): HabitsProps {
  return { words: 'inbox.settings', habits: preferences.value, prefer };
}
