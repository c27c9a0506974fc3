/** One thread in a list: who, the last words, how long he waits, what is promised, whose it is, who looks at it. */
import type { JSX } from 'preact';

import { formatTime, formatWhen, t } from '../../i18n';
import { formatDuration } from '../../i18n/more';
import type { DeskThread, Label } from '../../protocol/generated';
import { looksAt } from '../../state/desk';
import { levelOf } from '../../state/desk-level';
import { Avatar } from '../../ui/parts/Avatar';
import { Count } from '../../ui/parts/Count';
import '../../ui/parts/due.css';
import { AlertIcon, ClockIcon, HourglassIcon, PencilIcon } from '../../ui/parts/icons';
import { AlarmIcon, ChevronsUpIcon, EyeIcon } from '../../ui/parts/icons-desk';
import { RelativeTime, useNow } from '../../ui/parts/RelativeTime';
import { RowLink } from '../../ui/parts/RowLink';
import { preview } from '../../ui/threads/preview';
import { priorityName } from '../priority';
import { useDesk } from './desk-context';
import { customerName, holderOf, teamName } from './names';
import './thread-row.css';

export function ThreadRow({ row }: { row: DeskThread }): JSX.Element {
  const desk = useDesk();
  // What the bot has, or what is done, asks nobody to look.
  const unread = row.state === 'bot' || row.state === 'resolved' ? 0 : (row.unread ?? 0);
  const isOurs = row.agent === undefined || row.agent.id === desk.me;
  const name = customerName(row.customer);
  return (
    <RowLink class={`desk-row${unread > 0 && isOurs ? ' row-unread' : ''}`} desk={desk} id={row.id}>
      <Avatar name={name} size={32} />
      <span class="row-words">
        <span class="row-line">
          <span class="row-name clip" dir="auto">
            {name}
          </span>
          <Lookers id={row.id} />
          <Waiting row={row} />
        </span>
        <span class="row-line">
          <LastWords row={row} />
          <Count count={unread} label={t('list.unread', { count: unread })} quiet={!isOurs} />
        </span>
        <span class="row-line">
          <span class="desk-row-marks">
            <Priority priority={row.priority ?? 0} />
            <Labels row={row} />
            <Holder row={row} />
          </span>
          <Promised row={row} />
        </span>
      </span>
    </RowLink>
  );
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** How long somebody waits for words, or until when he is left alone; else when the last were said. */
function Waiting({ row }: { row: DeskThread }): JSX.Element {
  const now = useNow();
  if (row.state === 'snoozed' && row.wake_at !== undefined) return <Sleeping until={row.wake_at} />;
  const since = row.state === 'bot' || row.state === 'resolved' ? undefined : row.waiting_since;
  if (since === undefined) return <RelativeTime at={row.last_at} class="row-time" />;
  const time = now - since < MINUTE_MS ? t('time.now') : formatDuration(now - since);
  return (
    <span class="desk-row-wait figures" title={t('console.desk.waits_since', { time: formatWhen(since) })}>
      <HourglassIcon size={12} />
      <span class="unseen">{t('console.desk.waits', { time })}</span>
      <span aria-hidden="true">{time}</span>
    </span>
  );
}

function Sleeping({ until }: { until: number }): JSX.Element {
  const words = t('console.desk.snoozed_until', { time: formatWhen(until) });
  return (
    <span class="desk-row-sleep figures" title={words}>
      <AlarmIcon size={12} />
      <span class="unseen">{words}</span>
      <span aria-hidden="true">{until - Date.now() < DAY_MS ? formatTime(until) : formatWhen(until)}</span>
    </span>
  );
}

function LastWords({ row: { last } }: { row: DeskThread }): JSX.Element {
  const desk = useDesk();
  if (last === undefined) return <span class="row-last clip">{t('list.no_messages')}</span>;
  const words = preview(last);
  const said = last.author === desk.me ? t('list.you', { text: '' }) : last.side === 'bot' ? t('console.desk.bot_said', { text: '' }) : '';
  return (
    <span class="row-last clip" dir="auto">
      {/* Who said it has no part in which way the words run. */}
      {said !== '' && <bdi>{said}</bdi>}
      {words}
    </span>
  );
}

/** The service level. The words say it; the colour only helps. */
export function Promised({ row }: { row: DeskThread }): JSX.Element | null {
  const now = useNow();
  const level = levelOf(row, now);
  if (level === null) return null;
  const isLate = level.urgency === 'late';
  const Icon = isLate ? AlertIcon : ClockIcon;
  const time = formatDuration(Math.abs(level.due - now));
  return (
    <span class={`due due-${level.urgency} figures`} title={t(`console.desk.due.${level.kind}`, { time: formatWhen(level.due) })}>
      <Icon size={12} />
      {t(isLate ? 'console.desk.due.late' : 'console.desk.due.left', { time })}
    </span>
  );
}

export function Priority({ priority }: { priority: number }): JSX.Element | null {
  if (priority === 0) return null;
  return (
    <span class={`priority priority-${priority > 1 ? 'urgent' : priority > 0 ? 'high' : 'low'}`}>
      {priority > 0 && <ChevronsUpIcon size={12} />}
      {priorityName(priority)}
    </span>
  );
}

/** So many labels fit into a row: the first by its name, the others by their colour. */
const MOST_LABELS = 3;

function Labels({ row: { labels = [] } }: { row: DeskThread }): JSX.Element {
  const desk = useDesk();
  const all = desk.kit.value?.labels ?? [];
  return (
    <>
      {labels.slice(0, MOST_LABELS).map((slug, at) => (
        <LabelMark key={slug} label={all.find((one) => one.slug === slug) ?? { slug, name: slug, color: '#868e98' }} isSmall={at > 0} />
      ))}
      {labels.length > MOST_LABELS && <span class="quiet figures">+{labels.length - MOST_LABELS}</span>}
    </>
  );
}

export function LabelMark({ label: { name, color }, isSmall = false }: { label: Label; isSmall?: boolean }): JSX.Element {
  return (
    <span class={`label-mark${isSmall ? ' label-mark-small' : ''}`} title={isSmall ? name : undefined}>
      <i style={{ background: color }} />
      <span class={isSmall ? 'unseen' : 'clip'} dir="auto">
        {name}
      </span>
    </span>
  );
}

/** Whose it is, where the list does not say so itself; the team where there are several. */
function Holder({ row }: { row: DeskThread }): JSX.Element | null {
  const desk = useDesk();
  const kit = desk.kit.value;
  const list = desk.list.value;
  const hasTeams = (kit?.teams.length ?? 0) > 1;
  const words = [list === 'mine' || (list === 'unassigned' && row.state === 'queued') ? '' : holderOf(row, desk.me), hasTeams ? teamName(kit, row.team_id) : ''];
  const shown = words.filter((word) => word !== '').join(' · ');
  return shown === '' ? null : <span class="desk-row-holder clip">{shown}</span>;
}

function Lookers({ id }: { id: string }): JSX.Element | null {
  const desk = useDesk();
  const [first, ...others] = looksAt(desk.looks.value, id, desk.me);
  if (first === undefined) return null;
  const Icon = first.doing === 'answering' ? PencilIcon : EyeIcon;
  const words = t(`console.desk.${first.doing}`, { name: first.agent.name });
  return (
    <span class="desk-row-lookers" title={words}>
      <Icon size={12} />
      <span class="unseen">{words}</span>
      <Avatar name={first.agent.name} size={16} />
      {others.length > 0 && <span class="figures">+{others.length}</span>}
    </span>
  );
}
