/** The zone in which the shop's hours are meant. */
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';

import { t } from '../../i18n';

export function ZoneField({ zone, onChange }: { zone: string; onChange: (zone: string) => void }): JSX.Element {
  const zones = useMemo(() => [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', zone])].sort(), [zone]);
  return (
    <label class="hours-part">
      <span class="hours-label">{t('inbox.hours.zone')}</span>
      <select
        class="hours-field"
        value={zone}
        onChange={({ currentTarget }) => {
          onChange(currentTarget.value);
        }}
      >
        {zones.map((name) => (
          <option key={name} value={name}>
            {name.replaceAll('_', ' ')}
          </option>
        ))}
      </select>
    </label>
  );
}
