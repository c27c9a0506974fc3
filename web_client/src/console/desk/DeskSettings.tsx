/** How an agent wishes to be called, and whether single keys do something. Of this browser. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { chime } from '../../services/alerts';
import { Dialog } from '../../ui/parts/Dialog';
import { DesktopSwitch, Switch } from '../../ui/parts/Switch';
import { prefer, preferences } from '../preferences';

export function DeskSettings({ onClose }: { onClose: () => void }): JSX.Element {
  return (
    <Dialog title={t('console.desk.settings')} onClose={onClose}>
      <div class="settings">
        <Switch
          label={t('console.desk.settings.sound')}
          isOn={preferences.value.sound}
          onTurn={(sound) => {
            prefer({ sound });
            if (sound) chime();
          }}
        />
        <DesktopSwitch
          label={t('console.desk.settings.desktop')}
          refusedHint={t('console.desk.settings.desktop.denied')}
          isOn={preferences.value.desktop}
          onTurn={(desktop) => {
            prefer({ desktop });
          }}
        />
        <KeysSwitch />
      </div>
    </Dialog>
  );
}

export function KeysSwitch(): JSX.Element {
  return (
    <Switch
      label={t('console.desk.settings.keys')}
      hint={t('console.desk.settings.keys.text')}
      isOn={preferences.value.keys}
      onTurn={(keys) => {
        prefer({ keys });
      }}
    />
  );
}
