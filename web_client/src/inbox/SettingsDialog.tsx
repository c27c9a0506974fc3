/** What a seller may set for this browser: look, language, notifications, keys. */
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';

import { t } from '../i18n';
import { askDesk, chime, deskPermission } from '../services/alerts';
import { Dialog } from '../ui/parts/Dialog';
import { Look } from '../ui/parts/Look';
import { prefer, preferences } from './preferences';

export function SettingsDialog({ onClose }: { onClose: () => void }): JSX.Element {
  return (
    <Dialog title={t('inbox.settings')} onClose={onClose}>
      <div class="settings">
        <Look theme={preferences.value.theme} onPick={prefer} />
        <DesktopSwitch />
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

function DesktopSwitch(): JSX.Element {
  const [permission, setPermission] = useState(deskPermission);
  const isRefused = permission === 'denied' || permission === 'missing';
  const turn = async (isOn: boolean): Promise<void> => {
    const answer = isOn ? await askDesk() : permission;
    setPermission(answer);
    prefer({ desktop: isOn && answer === 'granted' });
  };
  return (
    <Switch
      label={t('inbox.settings.desktop')}
      hint={isRefused ? t('inbox.settings.desktop.denied') : undefined}
      isOn={preferences.value.desktop && permission === 'granted'}
      disabled={isRefused}
      onTurn={(isOn) => void turn(isOn)}
    />
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

interface SwitchProps {
  label: string;
  hint?: string | undefined;
  isOn: boolean;
  disabled?: boolean;
  onTurn: (isOn: boolean) => void;
}

function Switch({ label, hint, isOn, disabled = false, onTurn }: SwitchProps): JSX.Element {
  const hintId = useId();
  return (
    <label class="setting">
      <span>
        {label}
        {hint !== undefined && (
          <span class="setting-hint" id={hintId}>
            {hint}
          </span>
        )}
      </span>
      <input
        class="switch"
        type="checkbox"
        role="switch"
        aria-label={label}
        aria-describedby={hint === undefined ? undefined : hintId}
        checked={isOn}
        disabled={disabled}
        onChange={({ currentTarget }) => {
          onTurn(currentTarget.checked);
        }}
      />
    </label>
  );
}
