/** Everything that may be done or gone to, by a few letters of its name. */
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { DeskThread } from '../../protocol/generated';
import { SHORTEST_QUERY } from '../../state/finding';
import { Avatar } from '../../ui/parts/Avatar';
import { Dialog } from '../../ui/parts/Dialog';
import { preview } from '../../ui/threads/preview';
import '../../ui/parts/key-rows.css';
import type { RoomProps } from '../rooms';
import { commandsOf, type Command } from './commands';
import type { Desk } from './desk';
import { useDesk } from './desk-context';
import { wantFocus } from './GiveDialog';
import { customerName, holderOf } from './names';
import './palette.css';

type Item = { kind: 'command'; id: string; command: Command } | { kind: 'thread'; id: string; row: DeskThread; words: string; seq?: number };

/** So many of each kind are shown. */
const MOST_THREADS = 6;

const PAUSE_MS = 200;
const LIST_ID = 'palette-list';

export function Palette({ onClose, ...room }: RoomProps & { onClose: () => void }): JSX.Element {
  const desk = useDesk();
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const commands = useMemo(() => commandsOf(desk, room), []); // eslint-disable-line react-hooks/exhaustive-deps -- as it was when it opened
  const found = useFound(desk, words);
  const items = itemsOf(desk, commands, found, words);
  const active = items[Math.min(at, items.length - 1)];

  const pick = (item: Item): void => {
    // Closed first: what is done may open another window, or move the focus.
    onClose();
    if (item.kind === 'command') item.command.run();
    else desk.visit(item.row.id, item.seq);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length };
    const step = steps[event.key];
    if (event.isComposing) return;
    if (step !== undefined && items.length > 0) {
      event.preventDefault();
      const next = step % items.length;
      setAt(next);
      document.getElementById(optionId(items[next]?.id ?? ''))?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && active !== undefined) {
      event.preventDefault();
      pick(active);
    }
  };

  return (
    <Dialog title={t('console.desk.palette')} onClose={onClose}>
      <input
        class="palette-field"
        type="text"
        role="combobox"
        autocomplete="off"
        dir={words === '' ? undefined : 'auto'}
        ref={wantFocus}
        value={words}
        placeholder={t('console.desk.palette.placeholder')}
        aria-label={t('console.desk.palette.placeholder')}
        aria-expanded={items.length > 0}
        aria-controls={LIST_ID}
        aria-autocomplete="list"
        aria-activedescendant={active === undefined ? undefined : optionId(active.id)}
        onInput={({ currentTarget }) => {
          setWords(currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul class="palette-list" id={LIST_ID} role="listbox" aria-label={t('console.desk.palette')}>
        {items.map((item) => (
          <li
            key={item.id}
            id={optionId(item.id)}
            role="option"
            aria-selected={item === active}
            class="palette-item"
            onClick={() => {
              pick(item);
            }}
          >
            {item.kind === 'command' ? <CommandRow command={item.command} /> : <ThreadLine item={item} me={desk.me} />}
          </li>
        ))}
      </ul>
      {items.length === 0 && (
        <p class="palette-none quiet" role="status">
          {t('console.desk.palette.none')}
        </p>
      )}
    </Dialog>
  );
}

function optionId(id: string): string {
  return `palette ${id}`.replaceAll(' ', '-');
}

function CommandRow({ command: { title, keys } }: { command: Command }): JSX.Element {
  return (
    <>
      <span class="palette-title clip">{title}</span>
      <span class="palette-keys" aria-hidden="true">
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </span>
    </>
  );
}

function ThreadLine({ item: { row, words }, me }: { item: Extract<Item, { kind: 'thread' }>; me: string }): JSX.Element {
  const name = customerName(row.customer);
  return (
    <>
      <Avatar name={name} size={24} />
      <span class="palette-title clip">
        <bdi>{name}</bdi> <span class="quiet" dir="auto">{words}</span>
      </span>
      <span class="quiet palette-holder">{holderOf(row, me)}</span>
    </>
  );
}

/** Commands by their names, threads by their customers and by what was said in them. */
function itemsOf(desk: Desk, commands: readonly Command[], found: readonly Item[], words: string): Item[] {
  const wanted = words.trim().toLocaleLowerCase();
  const fits = commands.filter(({ title }) => title.toLocaleLowerCase().includes(wanted));
  const rows = wanted.length < SHORTEST_QUERY ? [] : [...desk.model.value.rows.values()].filter(({ customer }) => customerName(customer).toLocaleLowerCase().includes(wanted));
  const named = rows.slice(0, MOST_THREADS).map((row): Item => ({ kind: 'thread', id: `thread ${row.id}`, row, words: row.last === undefined ? '' : preview(row.last) }));
  const known = new Set(named.map(({ id }) => id));
  return [...fits.map((command): Item => ({ kind: 'command', id: command.id, command })), ...named, ...found.filter(({ id }) => !known.has(id))];
}

/** Threads that the server finds for these words; of two questions the later wins. */
function useFound(desk: Desk, words: string): readonly Item[] {
  const [found, setFound] = useState<readonly Item[]>([]);
  const wanted = words.trim();
  useEffect(() => {
    setFound([]);
    if (wanted.length < SHORTEST_QUERY) return undefined;
    let isHere = true;
    const timer = setTimeout(() => {
      desk.api.find(wanted).then(
        ({ hits }) => {
          if (isHere) setFound(hits.slice(0, MOST_THREADS).map(({ thread, message }) => ({ kind: 'thread', id: `found ${thread.id} ${String(message.seq)}`, row: thread, words: preview(message), seq: message.seq })));
        },
        () => undefined,
      );
    }, PAUSE_MS);
    return () => {
      isHere = false;
      clearTimeout(timer);
    };
  }, [desk, wanted]);
  return found;
}
