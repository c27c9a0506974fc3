/** What a seller may set for this browser: look, language, notifications, keys. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { chime } from '../services/alerts';
import { Dialog } from '../ui/parts/Dialog';
import { Look } from '../ui/parts/Look';
import { DesktopSwitch, Switch } from '../ui/parts/Switch';
import { prefer, preferences } from './preferences';

export function SettingsDialog({ onClose }: { onClose: () => void }): JSX.Element {
  return (
    <Dialog title={t('inbox.settings')} onClose={onClose}>
      <div class="settings">
        <Look theme={preferences.value.theme} onPick={prefer} />
        <DesktopSwitch
          label={t('inbox.settings.desktop')}
          refusedHint={t('inbox.settings.desktop.denied')}
          isOn={preferences.value.desktop}
          onTurn={(desktop) => {
            prefer({ desktop });
          }}
        />
        <Switch
          label={t('inbox.settings.sound')}
          isOn={preferences.value.sound}
          onTurn={(sound) => {
            prefer({ sound });
            if (sound) chime();
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
      label={t('inbox.settings.keys')}
      hint={t('inbox.settings.keys.text')}
      isOn={preferences.value.keys}
      onTurn={(keys) => {
        prefer({ keys });
      }}
    />
  );
}
