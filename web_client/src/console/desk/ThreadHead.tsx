/** Above the conversation: whose it is, how it stands, and what may be done with it. */
import type { JSX } from 'preact';

import { formatWhen, t } from '../../i18n';
import type { DeskThread } from '../../protocol/generated';
import { looksAt } from '../../state/desk';
import { isQueued } from '../../state/desk-lists';
import { typingSide } from '../../state/progress';
import { Avatar } from '../../ui/parts/Avatar';
import '../../ui/parts/avatar-dot.css';
import { BackButton } from '../../ui/parts/BackButton';
import { Button, IconButton } from '../../ui/parts/Button';
import { CircleCheckIcon, EllipsisIcon, InfoIcon, UndoIcon, ZapIcon } from '../../ui/parts/icons';
import { AlarmIcon, TransferIcon, UserCheckIcon, UserPlusIcon } from '../../ui/parts/icons-desk';
import { Menu, type MenuItem } from '../../ui/parts/Menu';
import { TIGHT, useMedia } from '../../ui/use-media';
import { preferences } from '../preferences';
import { useDesk } from './desk-context';
import { MacroMenu, useMacros } from './MacroMenu';
import { claim, isMine, otherHolder, reopen, resolve, takeOver, wake } from './moves';
import { customerName, holderOf } from './names';
import { SnoozeMenu, useSnoozes } from './SnoozeMenu';
import type { PaneProps } from './ThreadPane';
import { Promised } from './ThreadRow';
import { toggleDetails } from './use-keys';

export function BareHead({ isNarrow }: PaneProps): JSX.Element {
  const desk = useDesk();
  return <header class="thread-head">{isNarrow && <BackButton desk={desk} />}</header>;
}

export function ThreadHead({ row, isNarrow, isWide }: PaneProps & { row: DeskThread }): JSX.Element {
  const desk = useDesk();
  const name = customerName(row.customer);
  // Alone on a phone's screen it is the title of the page.
  const Title = isNarrow ? 'h1' : 'h2';
  const isTight = useMedia(TIGHT);
  const online = desk.client.chat.value.threads.get(row.id)?.online ?? undefined;
  const isShown = isWide ? preferences.value.details : desk.isPeeking.value;
  return (
    <header class="thread-head">
      {isNarrow && <BackButton desk={desk} />}
      <Avatar name={name} size={34} online={online} />
      <div class="thread-names">
        <Title class="clip">
          <bdi>{name}</bdi>
        </Title>
        <p class="thread-about">
          <Standing row={row} />
          {!isNarrow && <Promised row={row} />}
        </p>
      </div>
      {!isNarrow && <Lookers id={row.id} />}
      <div class="thread-tools">
        <Chief row={row} isTight={isTight} />
        {isTight ? <TightMenu row={row} /> : <Tools row={row} />}
        <IconButton
          icon={InfoIcon}
          label={t(isShown ? 'console.desk.context.hide' : 'console.desk.context.show')}
          pressed={isWide ? isShown : undefined}
          onClick={() => {
            toggleDetails(desk);
          }}
        />
      </div>
    </header>
  );
}

/** Typing, else how the thread stands and in whose hands. */
function Standing({ row }: { row: DeskThread }): JSX.Element {
  const desk = useDesk();
  const thread = desk.client.chat.value.threads.get(row.id);
  if (thread !== undefined && typingSide(thread, Date.now()) === 'customer') {
    return <span class="standing standing-typing">{t('console.desk.typing')}</span>;
  }
  const state = t(`console.desk.state.${row.state}`);
  if (row.state === 'snoozed' && row.wake_at !== undefined) {
    return <span class="standing clip">{t('console.desk.snoozed_until', { time: formatWhen(row.wake_at) })}</span>;
  }
  const holder = holderOf(row, desk.me);
  return <span class="standing clip">{holder === state ? state : `${state} · ${holder}`}</span>;
}

function Lookers({ id }: { id: string }): JSX.Element | null {
  const desk = useDesk();
  const looks = looksAt(desk.looks.value, id, desk.me);
  if (looks.length === 0) return null;
  return (
    <ul class="lookers" aria-label={t('console.desk.lookers')}>
      {looks.slice(0, 3).map(({ agent, doing }) => (
        <li key={agent.id} title={t(`console.desk.${doing}`, { name: agent.name })}>
          <Avatar name={agent.name} size={22} />
          <span class="unseen">{t(`console.desk.${doing}`, { name: agent.name })}</span>
        </li>
      ))}
    </ul>
  );
}

/** What is to be done next with a thread that stands so. */
function Chief({ row, isTight }: { row: DeskThread; isTight: boolean }): JSX.Element | null {
  const desk = useDesk();
  const holder = otherHolder(desk, row);
  if (row.state === 'resolved') {
    return (
      <Button size="s" icon={UndoIcon} onClick={() => void reopen(desk, row.id)}>
        {t('console.desk.reopen')}
      </Button>
    );
  }
  if (holder !== undefined) {
    if (isTight) return null;
    return (
      <Button size="s" icon={UserCheckIcon} onClick={() => void takeOver(desk, row)}>
        {t('console.desk.take_over')}
      </Button>
    );
  }
  if (!isMine(desk, row)) {
    return (
      <Button size="s" kind="primary" icon={UserCheckIcon} onClick={() => void claim(desk, row)}>
        {t('console.desk.claim')}
      </Button>
    );
  }
  return (
    <Button size="s" icon={CircleCheckIcon} onClick={() => void resolve(desk, row)}>
      {t('console.desk.resolve')}
    </Button>
  );
}

function Tools({ row }: { row: DeskThread }): JSX.Element {
  const desk = useDesk();
  return (
    <>
      {row.state !== 'resolved' && <SnoozeMenu row={row} />}
      <IconButton
        icon={UserPlusIcon}
        label={t('console.desk.assign')}
        aria-haspopup="dialog"
        onClick={() => {
          desk.window.value = 'assign';
        }}
      />
      <IconButton
        icon={TransferIcon}
        label={t('console.desk.transfer')}
        aria-haspopup="dialog"
        onClick={() => {
          desk.window.value = 'transfer';
        }}
      />
      <MacroMenu row={row} />
      {canResolve(row) && !isMine(desk, row) && (
        <IconButton icon={CircleCheckIcon} label={t('console.desk.resolve')} onClick={() => void resolve(desk, row)} />
      )}
    </>
  );
}

function canResolve(row: DeskThread): boolean {
  return row.state !== 'resolved' && row.state !== 'bot';
}

/** All of it in one place, where there is no room. */
function TightMenu({ row }: { row: DeskThread }): JSX.Element {
  const desk = useDesk();
  const snoozes = useSnoozes(row);
  const macros = useMacros(row);
  const opening = (id: 'assign' | 'transfer', icon: typeof AlarmIcon): MenuItem => ({
    id,
    icon,
    label: t(`console.desk.${id}`),
    onPick: () => {
      desk.window.value = id;
    },
  });
  const items: MenuItem[] = [opening('assign', UserPlusIcon), opening('transfer', TransferIcon)];
  if (otherHolder(desk, row) !== undefined) {
    items.push({ id: 'take', icon: UserCheckIcon, label: t('console.desk.take_over'), onPick: () => void takeOver(desk, row) });
  }
  if (canResolve(row) && !isMine(desk, row)) {
    items.push({ id: 'resolve', icon: CircleCheckIcon, label: t('console.desk.resolve'), onPick: () => void resolve(desk, row) });
  }
  if (row.state === 'snoozed') items.push({ id: 'wake', icon: AlarmIcon, label: t('console.desk.wake'), onPick: () => void wake(desk, row) });
  if (canResolve(row) && !isQueued(row)) items.push(...snoozes.map((item, at) => ({ ...item, icon: AlarmIcon, apart: at === 0 })));
  items.push(...macros.map((item, at) => ({ ...item, icon: ZapIcon, apart: at === 0 })));
  return <Menu label={t('common.more')} icon={EllipsisIcon} items={items} />;
}
