/** One choice of a few: the device's own list, which works by touch and by key everywhere. */
import type { JSX } from 'preact';

export interface SelectProps {
  label: string;
  value: string;
  /** Values, and what they are called. */
  options: readonly (readonly [string, string])[];
  onPick: (value: string) => void;
  class?: string;
}

export function Select({ label, value, options, onPick, class: extra = '' }: SelectProps): JSX.Element {
  return (
    <span class={`select ${extra}`}>
      <select
        aria-label={label}
        value={value}
        onChange={({ currentTarget }) => {
          onPick(currentTarget.value);
        }}
      >
        {options.map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </select>
    </span>
  );
}
