/** How an agent wishes to be called, and whether single keys do something. Of this browser. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { Dialog } from '../../ui/parts/Dialog';
import { CallSwitches, KeysSwitch as Keys, type HabitsProps } from '../../ui/parts/Habits';
import { prefer, preferences } from '../preferences';

export function DeskSettings({ onClose }: { onClose: () => void }): JSX.Element {
  return (
    <Dialog title={t('console.desk.settings')} onClose={onClose}>
      <div class="settings">
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
  return { words: 'console.desk.settings', habits: preferences.value, prefer };
}
