/** One thing of a window of settings that is on or off. */
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';

import { askDesk, deskPermission } from '../../services/alerts';
import './settings.css';

export interface SwitchProps {
  label: string;
  hint?: string | undefined;
  isOn: boolean;
  disabled?: boolean;
  onTurn: (isOn: boolean) => void;
}

export function Switch({ label, hint, isOn, disabled = false, onTurn }: SwitchProps): JSX.Element {
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

export interface DesktopSwitchProps {
  label: string;
  /** Says that the browser forbids it. */
  refusedHint: string;
  isOn: boolean;
  onTurn: (isOn: boolean) => void;
}

/** Notes on the desktop: the browser is asked for leave when they are turned on. */
export function DesktopSwitch({ label, refusedHint, isOn, onTurn }: DesktopSwitchProps): JSX.Element {
  const [permission, setPermission] = useState(deskPermission);
  const isRefused = permission === 'denied' || permission === 'missing';
  const turn = async (wished: boolean): Promise<void> => {
    const answer = wished ? await askDesk() : permission;
    setPermission(answer);
    onTurn(wished && answer === 'granted');
  };
  return (
    <Switch
      label={label}
      hint={isRefused ? refusedHint : undefined}
      isOn={isOn && permission === 'granted'}
      disabled={isRefused}
      onTurn={(wished) => void turn(wished)}
    />
  );
}
