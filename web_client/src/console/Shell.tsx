/** The console's frame: the rail with its rooms, and the room that is open. */
import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { needPart, t, type MessageKey } from '../i18n';
import type { StaffMe } from '../protocol/generated';
import { refusalOf } from '../protocol/refusal';
import { Later } from '../ui/Later';
import { Avatar } from '../ui/parts/Avatar';
import { IconButton } from '../ui/parts/Button';
import { Count } from '../ui/parts/Count';
import { EmptyState } from '../ui/parts/EmptyState';
import { BarChartIcon, HelpIcon, FlagIcon, InboxIcon, LogOutIcon, ScaleIcon, SettingsIcon, ShieldCheckIcon, UserCircleIcon, UsersIcon, type IconPart } from '../ui/parts/icons';
import { SkeletonRows } from '../ui/parts/Skeleton';
import { tellRefusal } from '../ui/refusals';
import { AccountDialog } from './AccountDialog';
import '../ui/parts/rail.css';
import { useConsole } from './context';
import { casesWaiting, complaintsWaiting, waitingOf } from './disputes/waiting';
import { watchOf } from './moderation/watch';
import type { RoomProps } from './rooms';

type Permission = StaffMe['permissions'][number];

interface Room {
  id: string;
  title: MessageKey;
  icon: IconPart;
  /** Who may enter. */
  roles: readonly StaffMe['role'][];
  /** And who holds this, in any role. */
  permission?: Permission;
  load: () => Promise<ComponentType<RoomProps>>;
  /** Goes on while another room is shown. */
  stays?: boolean;
}

const ROOMS: readonly Room[] = [
  {
    id: 'desk',
    title: 'console.desk',
    icon: InboxIcon,
    roles: ['agent', 'supervisor'],
    load: async () => (await import('./desk/DeskRoom')).DeskRoom,
    stays: true,
  },
  {
    id: 'moderation',
    title: 'console.moderation',
    icon: ShieldCheckIcon,
    roles: ['supervisor'],
    permission: 'moderate',
    load: async () => {
      const { ModerationRoom } = await import('./moderation/ModerationRoom');
      await needPart('reviews');
      return ModerationRoom;
    },
  },
  {
    id: 'disputes',
    title: 'console.disputes',
    icon: ScaleIcon,
    roles: ['supervisor'],
    permission: 'mediate',
    load: async () => {
      const { DisputesRoom } = await import('./disputes/DisputesRoom');
      await needPart('disputes');
      return DisputesRoom;
    },
  },
  {
    id: 'complaints',
    title: 'console.complaints',
    icon: FlagIcon,
    roles: ['supervisor'],
    permission: 'mediate',
    load: async () => {
      const { ComplaintsRoom } = await import('./complaints/ComplaintsRoom');
      await needPart('disputes');
      return ComplaintsRoom;
    },
  },
  {
    id: 'knowledge',
    title: 'console.knowledge',
    icon: HelpIcon,
    roles: ['supervisor'],
    load: async () => (await import('./knowledge/Knowledge')).Knowledge,
  },
  {
    id: 'reports',
    title: 'console.reports',
    icon: BarChartIcon,
    roles: ['supervisor'],
    load: async () => (await import('./reports/Reports')).Reports,
  },
  {
    id: 'team',
    title: 'console.team',
    icon: UsersIcon,
    roles: ['supervisor'],
    load: async () => (await import('./team/Team')).Team,
  },
  {
    id: 'settings',
    title: 'console.settings',
    icon: SettingsIcon,
    roles: ['supervisor'],
    load: async () => (await import('./settings/Settings')).Settings,
  },
];

export function Shell(): JSX.Element {
  const { me } = useConsole();
  const rooms = ROOMS.filter((room) => mayEnter(me, room));
  const [open, setOpen] = useState(rooms[0]?.id ?? '');
  const room = rooms.find(({ id }) => id === open);
  return (
    <div class="console-panes">
      <nav class="rail" aria-label={t('console.rooms')}>
        <RailHead />
        <ul class="rail-rooms">
          {rooms.map(({ id, title, icon: Icon }) => (
            <li key={id}>
              <button
                type="button"
                class="rail-room"
                aria-current={id === open ? 'page' : undefined}
                onClick={() => {
                  setOpen(id);
                }}
              >
                <Icon size={17} />
                <span>{t(title)}</span>
                {id === 'moderation' && <Waiting />}
                {(id === 'disputes' || id === 'complaints') && <ToMediate room={id} />}
              </button>
            </li>
          ))}
        </ul>
        <RailFoot />
      </nav>
      <main class="room">
        {room === undefined && <EmptyState icon={InboxIcon} title={t('console.no_room')} text={t('console.no_room.text')} />}
        {rooms
          .filter(({ id, stays }) => stays === true || id === open)
          .map(({ id, load }) => (
            <Later
              key={id}
              load={load}
              props={{ isShown: id === open, rooms, go: setOpen }}
              {...(id === open ? { meanwhile: <SkeletonRows label={t('common.loading')} /> } : {})}
            />
          ))}
      </main>
    </div>
  );
}

function mayEnter(me: StaffMe, { roles, permission }: Room): boolean {
  return roles.includes(me.role) || (permission !== undefined && me.permissions.includes(permission));
}

/** How much waits for a moderator, whichever room is open. */
function Waiting(): JSX.Element {
  const { api } = useConsole();
  const watch = watchOf(api);
  useEffect(() => watch.start(), [watch]);
  const count = watch.waiting.value + watch.reports.value;
  return <Count count={count} label={t('console.moderation.waiting_count', { count })} />;
}

/** How much waits for a mediator. */
function ToMediate({ room }: { room: 'disputes' | 'complaints' }): JSX.Element {
  const { api } = useConsole();
  const { cases, complaints } = waitingOf(api);
  useEffect(() => (room === 'disputes' ? cases : complaints).start(), [room, cases, complaints]);
  const count = room === 'disputes' ? casesWaiting(cases.value.value) : complaintsWaiting(complaints.value.value);
  return <Count count={count} label={t(`console.${room}.waiting_count`, { count })} />;
}

function RailHead(): JSX.Element {
  const { me } = useConsole();
  return (
    <header class="rail-head">
      <Avatar name={me.name} size={32} />
      <div class="rail-names">
        <h1 class="clip">
          <bdi>{me.name}</bdi>
        </h1>
        <p class="clip quiet">{t(`console.role.${me.role}`)}</p>
      </div>
    </header>
  );
}

function RailFoot(): JSX.Element {
  const { api, leave } = useConsole();
  const [shows, setShows] = useState(false);

  /** Stays where the server could not be told: the session would go on unseen. */
  const signOut = async (): Promise<void> => {
    // What was just decided is decided.
    await watchOf(api).unsent?.();
    await api.signOut().then(leave, (thrown: unknown) => {
      if (refusalOf(thrown).code === 'unauthenticated') leave();
      else tellRefusal(thrown);
    });
  };

  return (
    <footer class="rail-foot">
      <IconButton
        icon={UserCircleIcon}
        label={t('console.account')}
        aria-haspopup="dialog"
        onClick={() => {
          setShows(true);
        }}
      />
      <IconButton icon={LogOutIcon} label={t('console.sign_out')} onClick={() => void signOut()} />
      {shows && (
        <AccountDialog
          onClose={() => {
            setShows(false);
          }}
        />
      )}
    </footer>
  );
}
