/** Giving a thread into other hands: to a colleague, to a team, to the bot; with a word about it. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { AgentLoad, DeskThread } from '../../protocol/generated';
import type { Wished } from '../../services/desk';
import { Avatar } from '../../ui/parts/Avatar';
import '../../ui/parts/avatar-dot.css';
import { Button } from '../../ui/parts/Button';
import { Dialog } from '../../ui/parts/Dialog';
import { BotIcon } from '../../ui/parts/icons-first';
import type { Desk } from './desk';
import { useDesk } from './desk-context';
import { give } from './moves';
import './give.css';

/** Somebody or something that it may be given to. */
interface Hands {
  id: string;
  name: string;
  /** What may help to choose. */
  about: string;
  mark: JSX.Element;
  move: (note: string) => Wished;
}

export interface GiveDialogProps {
  row: DeskThread;
  kind: 'assign' | 'transfer';
  onClose: () => void;
}

export function GiveDialog({ row, kind, onClose }: GiveDialogProps): JSX.Element {
  const desk = useDesk();
  const [to, setTo] = useState('');
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const hands = kind === 'assign' ? colleagues(desk, row) : teams(desk, row);
  const chosen = hands.find(({ id }) => id === to);

  const submit = async (): Promise<void> => {
    if (chosen === undefined || busy) return;
    setBusy(true);
    const done = await give(desk, row, chosen.move(note.trim()), chosen.name);
    setBusy(false);
    if (done) onClose();
  };

  return (
    <Dialog
      title={t(`console.desk.${kind}.title`)}
      onClose={onClose}
      foot={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button kind="primary" disabled={chosen === undefined} busy={busy} onClick={() => void submit()}>
            {t(`console.desk.${kind}`)}
          </Button>
        </>
      }
    >
      <fieldset class="give-list scroll">
        <legend class="unseen">{t(`console.desk.${kind}.title`)}</legend>
        {hands.map((one, index) => (
          <label key={one.id} class="give-choice">
            <input
              ref={index === 0 ? wantFocus : null}
              type="radio"
              name="hands"
              checked={to === one.id}
              onChange={() => {
                setTo(one.id);
              }}
            />
            {one.mark}
            <span class="give-name clip" dir="auto">
              {one.name}
            </span>
            <span class="quiet figures">{one.about}</span>
          </label>
        ))}
        {hands.length === 0 && <p class="quiet">{t('console.desk.nobody')}</p>}
      </fieldset>
      <label class="field give-note">
        <span>{t('console.desk.give.note')}</span>
        <textarea
          rows={2}
          dir="auto"
          maxLength={4000}
          value={note}
          onInput={({ currentTarget }) => {
            setNote(currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            void submit();
          }}
        />
      </label>
    </Dialog>
  );
}

/** A dialog puts the focus on its first button otherwise. */
export function wantFocus(field: HTMLElement | null): void {
  field?.setAttribute('autofocus', '');
}

/** Those who may take it, who has room first. */
function colleagues(desk: Desk, row: DeskThread): Hands[] {
  const agents = (desk.model.value.counts?.agents ?? []).filter(({ id, teams: of = [] }) => id !== row.agent?.id && of.includes(row.team_id));
  return [...agents].sort(byRoom).map((agent) => ({
    id: agent.id,
    name: agent.id === desk.me ? t('console.desk.me', { name: agent.name }) : agent.name,
    about: `${t(`console.desk.availability.${agent.connected ? agent.availability : 'offline'}`)} · ${String(agent.load ?? 0)}/${String(agent.capacity ?? 0)}`,
    mark: <Avatar name={agent.name} size={28} online={isThere(agent)} />,
    move: (note) => ({ move: 'assign', agent: agent.id, ...(note === '' ? {} : { note }) }),
  }));
}

function isThere({ connected, availability }: AgentLoad): boolean {
  return connected && availability === 'online';
}

function byRoom(one: AgentLoad, other: AgentLoad): number {
  const room = ({ capacity = 0, load = 0 }: AgentLoad): number => capacity - load;
  return Number(isThere(other)) - Number(isThere(one)) || room(other) - room(one) || one.name.localeCompare(other.name);
}

/** The other teams, and the bot. The own team's queue is one of them: it gives the thread back. */
function teams(desk: Desk, row: DeskThread): Hands[] {
  const queues = desk.model.value.counts?.teams ?? [];
  const all = (desk.kit.value?.all_teams ?? []).map(({ id, name }): Hands => {
    const queued = queues.find(({ team_id: team }) => team === id)?.unassigned;
    return {
      id,
      name: id === row.team_id ? t('console.desk.back_to_queue', { name }) : name,
      about: queued === undefined ? '' : t('console.desk.queued', { count: queued }),
      mark: <Avatar name={name} size={28} shape="square" />,
      move: (note) => ({ move: 'transfer', team: id, ...(note === '' ? {} : { note }) }),
    };
  });
  const bot: Hands = {
    id: 'bot',
    name: t('support.bot'),
    about: '',
    mark: (
      <span class="give-bot">
        <BotIcon size={18} />
      </span>
    ),
    move: (note) => ({ move: 'give_back', ...(note === '' ? {} : { note }) }),
  };
  const isAlreadyQueued = row.state === 'queued' || row.state === 'queued_offline';
  return [...all.filter(({ id }) => !(isAlreadyQueued && id === row.team_id)), ...(row.state === 'bot' ? [] : [bot])];
}
