/** The groups of the inbox, and among them the other rooms: beside the list where there is room, in a row above it where there is not. */
import { Fragment, type JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { t } from '../i18n';
import { Count } from '../ui/parts/Count';
import { ArchiveIcon, ChatsIcon, ClockIcon, HourglassIcon, PackageIcon, type IconPart } from '../ui/parts/icons';
import { useDesk } from './desk-context';
import { GROUPS, type Group } from './groups';
import { DisputesButton, FiguresButton, ReviewsButton } from './Rooms';
import './groups.css';

const ICONS: Record<Group, IconPart> = {
  needs_answer: ClockIcon,
  waiting: HourglassIcon,
  orders: PackageIcon,
  all: ChatsIcon,
  archived: ArchiveIcon,
};

export function Groups({ look }: { look: 'rail' | 'row' }): JSX.Element {
  return (
    <nav class={`groups groups-${look}`} aria-label={t('inbox.groups')}>
      <ul>
        {GROUPS.map((group) => (
          <Fragment key={group}>
            {group === 'all' && (
              <>
                <li>
                  <DisputesButton />
                </li>
                <li>
                  <ReviewsButton />
                </li>
              </>
            )}
            <li>
              <GroupButton group={group} />
            </li>
          </Fragment>
        ))}
        <li>
          <FiguresButton />
        </li>
      </ul>
    </nav>
  );
}

function GroupButton({ group }: { group: Group }): JSX.Element {
  const desk = useDesk();
  const Icon = ICONS[group];
  const count = desk.counts.value[group];
  const isCurrent = desk.group.value === group && !desk.finding.isOn && desk.room.value === null;
  const button = useRef<HTMLButtonElement>(null);
  const label = group === 'needs_answer' ? t('inbox.needs_answer', { count }) : t('inbox.unread_threads', { count });

  useEffect(() => {
    if (isCurrent) button.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isCurrent]);

  return (
    <button
      ref={button}
      type="button"
      class="group"
      aria-current={isCurrent ? 'true' : undefined}
      onClick={() => {
        desk.pickGroup(group);
      }}
    >
      <Icon size={16} />
      <span class="group-name">{t(`inbox.group.${group}`)}</span>
      <Count count={count} label={label} quiet={group !== 'needs_answer'} />
    </button>
  );
}
