/** What the palette offers: deeds of the open thread, lists, rooms. Pure but for what each does. */
import { t } from '../../i18n';
import { LISTS } from '../../state/desk-lists';
import type { RoomProps } from '../rooms';
import type { Desk } from './desk';
import { type Action } from './keys';
import { letterOf } from './KeysDialog';
import { run } from './MacroMenu';
import { isMine, otherHolder, takeOver, wake } from './moves';
import { perform } from './use-keys';

export interface Command {
  readonly id: string;
  readonly title: string;
  /** The keys that do the same. */
  readonly keys: readonly string[];
  readonly run: () => void;
}

type Deed = Extract<Action, 'reply' | 'note' | 'claim' | 'resolve' | 'assign' | 'transfer' | 'snooze' | 'details' | 'search' | 'help'>;

export function commandsOf(desk: Desk, { rooms, go }: Omit<RoomProps, 'isShown'>): Command[] {
  const row = desk.open.value;
  const deed = (id: Deed, key: string): Command => ({
    id,
    title: t(`console.desk.key.${id}`),
    keys: [key],
    run: () => {
      perform(desk, id);
    },
  });
  const plain = (id: string, title: string, does: () => void): Command => ({ id, title, keys: [], run: does });
  const commands: Command[] = [];
  if (row !== null) {
    const isOpen = row.state !== 'resolved' && row.state !== 'bot';
    commands.push(deed('reply', 'R'), deed('note', 'N'));
    if (otherHolder(desk, row) !== undefined) commands.push(plain('take', t('console.desk.take_over'), () => void takeOver(desk, row)));
    else if (!isMine(desk, row)) commands.push(deed('claim', 'C'));
    if (isOpen) commands.push(deed('resolve', 'E'), deed('snooze', 'S'));
    if (row.state === 'snoozed') commands.push(plain('wake', t('console.desk.wake'), () => void wake(desk, row)));
    commands.push(deed('assign', 'A'), deed('transfer', 'T'), deed('details', 'D'));
    for (const macro of desk.kit.value?.macros ?? []) {
      commands.push(plain(`macro ${macro.id}`, t('console.desk.macro.run', { name: macro.name }), () => void run(desk, row.id, macro)));
    }
  }
  for (const list of LISTS) {
    commands.push({
      id: `list ${list}`,
      title: t('console.desk.go', { name: t(`console.desk.list.${list}`) }),
      keys: ['G', letterOf(list)],
      run: () => {
        desk.leave();
        desk.pick(list);
      },
    });
  }
  for (const { id, title } of rooms.filter((room) => room.id !== 'desk')) {
    commands.push(plain(`room ${id}`, t('console.desk.go', { name: t(title) }), () => { go(id); }));
  }
  commands.push(deed('search', '/'), deed('help', '?'));
  commands.push(plain('settings', t('console.desk.settings'), () => (desk.window.value = 'settings')));
  return commands;
}
