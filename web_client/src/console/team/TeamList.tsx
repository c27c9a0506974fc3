/** Every team, and the one that is open. */
import type { JSX } from 'preact';

import { LOCALE_NAMES, LOCALES, t } from '../../i18n';
import type { TeamDetails } from '../../protocol/generated';
import { ClockIcon } from '../../ui/parts/icons';
import { ListRoom, type Openable } from '../ListRoom';
import type { Staff } from './staff';
import { TeamEditor } from './TeamEditor';

export interface TeamListProps {
  staff: Staff;
  opened: Openable;
  onChange: () => void;
}

export function TeamList({ staff, opened: { opened, open, close, became }, onChange }: TeamListProps): JSX.Element {
  return (
    <ListRoom
      label={t('console.team.teams')}
      icon={ClockIcon}
      items={staff.teams.map((team) => ({ id: team.id, title: team.name, note: noteOf(team) }))}
      opened={opened}
      onOpen={open}
      chooseTitle={t('console.team.choose')}
      chooseText={t('console.team.choose.text')}
      emptyTitle={t('console.team.choose')}
      emptyText={t('console.team.choose.text')}
    >
      {opened !== null && (
        <TeamEditor
          key={opened.key}
          team={staff.teams.find(({ id }) => id === opened.id) ?? null}
          staff={staff}
          onClose={close}
          onSaved={({ id }) => {
            became(id);
            onChange();
          }}
          onRemoved={() => {
            close();
            onChange();
          }}
        />
      )}
    </ListRoom>
  );
}

/** Whether somebody is there, and whom they serve. */
function noteOf({ is_open: isOpen, languages, members }: TeamDetails): string {
  const spoken = LOCALES.filter((tag) => languages.includes(tag)).map((tag) => LOCALE_NAMES[tag]);
  const served = spoken.length === 0 ? t('console.team.every_language') : spoken.join(', ');
  const parts = [t(isOpen ? 'console.team.open' : 'console.team.closed'), served, t('console.team.members.count', { count: members.length })];
  // Each keeps its own direction.
  return parts.map((part) => `\u2068${part}\u2069`).join(' · ');
}
