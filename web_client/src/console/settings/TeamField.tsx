/** Of which team something is: of one, or of all. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { TeamDetails } from '../../protocol/generated';

export interface TeamFieldProps {
  teams: readonly TeamDetails[];
  /** Empty: of all. */
  team: string;
  onChange: (team: string) => void;
}

export function TeamField({ teams, team, onChange }: TeamFieldProps): JSX.Element {
  return (
    <label class="field">
      <span>{t('console.settings.team')}</span>
      <select value={team} onChange={({ currentTarget }) => { onChange(currentTarget.value); }}>
        <option value="">{t('console.settings.all_teams')}</option>
        {teams.map(({ id, name }) => (
          <option key={id} value={id}>{name}</option>
        ))}
      </select>
    </label>
  );
}
