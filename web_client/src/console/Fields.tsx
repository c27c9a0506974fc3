/** Fields that several rooms have. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { IconButton } from '../ui/parts/Button';
import { MinusIcon, PlusIcon } from '../ui/parts/icons';

export interface CheckProps {
  label: string;
  isOn: boolean;
  disabled?: boolean;
  onTurn: (isOn: boolean) => void;
}

export function Check({ label, isOn, disabled = false, onTurn }: CheckProps): JSX.Element {
  return (
    <label class="check">
      <input type="checkbox" checked={isOn} disabled={disabled} onChange={({ currentTarget }) => { onTurn(currentTarget.checked); }} />
      <span dir="auto">{label}</span>
    </label>
  );
}

export interface ChecksProps {
  legend: string;
  hint?: string;
  options: readonly { id: string; label: string }[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** Any number of a few. */
export function Checks({ legend, hint, options, chosen, onChange }: ChecksProps): JSX.Element {
  return (
    <fieldset class="checks">
      <legend>{legend}</legend>
      {hint !== undefined && <p class="quiet checks-hint">{hint}</p>}
      <div class="checks-all">
        {options.map(({ id, label }) => (
          <Check
            key={id}
            label={label}
            isOn={chosen.includes(id)}
            onTurn={(isOn) => {
              const others = chosen.filter((other) => other !== id);
              onChange(isOn ? [...others, id] : others);
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}

export interface StepperProps {
  label: string;
  value: number;
  least: number;
  most: number;
  onChange: (value: number) => void;
}

/** A small whole number: written, or stepped with the buttons beside it. */
export function Stepper({ label, value, least, most, onChange }: StepperProps): JSX.Element {
  const put = (wished: number): void => {
    if (Number.isFinite(wished)) onChange(Math.min(most, Math.max(least, Math.round(wished))));
  };
  return (
    <div class="stepper" role="group" aria-label={label}>
      <IconButton icon={MinusIcon} size="s" label={t('console.less')} disabled={value <= least} onClick={() => { put(value - 1); }} />
      <input
        type="number"
        inputMode="numeric"
        aria-label={label}
        min={least}
        max={most}
        value={value}
        onChange={({ currentTarget }) => {
          put(currentTarget.valueAsNumber);
          currentTarget.value = String(value);
        }}
      />
      <IconButton icon={PlusIcon} size="s" label={t('console.greater')} disabled={value >= most} onClick={() => { put(value + 1); }} />
    </div>
  );
}
