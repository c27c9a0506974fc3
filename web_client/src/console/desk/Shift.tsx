/** Whether I wish to be given threads, how many I have, and until when the desk is open. */
import type { JSX } from 'preact';

import { formatTime, formatWhen, t } from '../../i18n';
import type { AgentLoad, TeamCounts } from '../../protocol/generated';
import { ClockIcon, MoonIcon } from '../../ui/parts/icons';
import { now } from '../../ui/parts/RelativeTime';
import { tellRefusal } from '../../ui/refusals';
import { useDesk } from './desk-context';

const AVAILABILITIES: readonly AgentLoad['availability'][] = ['online', 'away', 'holiday'];

export function Shift(): JSX.Element {
  const desk = useDesk();
  const load = desk.load.value;
  const availability = load?.availability ?? 'away';
  const isFull = load !== null && (load.load ?? 0) >= (load.capacity ?? 0);
  return (
    <div class="shift">
      <span class={`shift-choice shift-${availability}`}>
        <span class="shift-dot" />
        <select
          aria-label={t('console.desk.availability')}
          value={availability}
          disabled={load === null}
          onChange={({ currentTarget }) => {
            const wished = AVAILABILITIES.find((one) => one === currentTarget.value) ?? 'away';
            desk.setAvailability(wished).catch(tellRefusal);
          }}
        >
          {AVAILABILITIES.map((one) => (
            <option key={one} value={one}>
              {t(`console.desk.availability.${one}`)}
            </option>
          ))}
        </select>
      </span>
      {load !== null && (
        <span class={`shift-load figures${isFull ? ' shift-full' : ''}`} title={t('console.desk.load', { count: load.load ?? 0, most: load.capacity ?? 0 })}>
          <span aria-hidden="true" dir="ltr">
            {load.load ?? 0}/{load.capacity ?? 0}
          </span>
          <span class="unseen">{t('console.desk.load', { count: load.load ?? 0, most: load.capacity ?? 0 })}</span>
        </span>
      )}
      <Hours />
    </div>
  );
}

/** Of the team that is looked at, else of the first of mine. */
function Hours(): JSX.Element | null {
  const desk = useDesk();
  const kit = desk.kit.value;
  const { counts } = desk.model.value;
  const wished = desk.filters.value.team || kit?.teams[0]?.id;
  const team = counts?.teams.find(({ team_id: id }) => id === wished) ?? counts?.teams[0];
  const words = team === undefined ? '' : hoursOf(team);
  if (team === undefined || words === '') return null;
  const Icon = team.is_open === false ? MoonIcon : ClockIcon;
  return (
    <span class="shift-hours figures" title={kit?.all_teams.find(({ id }) => id === team.team_id)?.name}>
      <Icon size={13} />
      <span class="clip">{words}</span>
    </span>
  );
}

const DAY_MS = 86_400_000;

function hoursOf({ is_open: isOpen = true, next_opening: opens, next_closing: closes }: TeamCounts): string {
  const short = (at: number): string => (at - now.value < DAY_MS ? formatTime(at) : formatWhen(at));
  if (isOpen) return closes === undefined ? t('console.desk.open') : t('console.desk.open_until', { time: short(closes) });
  return opens === undefined ? t('console.desk.closed') : t('console.desk.opens', { time: short(opens) });
}
