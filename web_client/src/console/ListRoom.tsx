/** A list of things and the one that is open, as most rooms of supervisors are. */
import type { ComponentChildren, JSX } from 'preact';
import { useCallback, useState } from 'preact/hooks';

import type { IconPart } from '../ui/parts/icons';
import { EmptyState } from '../ui/parts/EmptyState';
import './rooms.css';

export interface ListItem {
  id: string;
  title: string;
  note: string;
}

/** What is open: `id` is null for something new. The editor lives as long as the key is the same. */
export interface Opened {
  readonly id: string | null;
  readonly key: number;
}

export interface Openable {
  opened: Opened | null;
  open: (id: string | null) => void;
  close: () => void;
  /** What was new has got its id. */
  became: (id: string) => void;
}

export function useOpened(): Openable {
  const [opened, setOpened] = useState<Opened | null>(null);
  const open = useCallback((id: string | null) => {
    setOpened((before) => ({ id, key: (before?.key ?? 0) + 1 }));
  }, []);
  const close = useCallback(() => {
    setOpened(null);
  }, []);
  const became = useCallback((id: string) => {
    setOpened((before) => ({ id, key: before?.key ?? 0 }));
  }, []);
  return { opened, open, close, became };
}

export interface ListRoomProps {
  label: string;
  icon: IconPart;
  items: readonly ListItem[];
  opened: Opened | null;
  onOpen: (id: string) => void;
  /** Where nothing is open: what this place is for. */
  chooseTitle: string;
  chooseText: string;
  /** Where there is nothing yet. */
  emptyTitle: string;
  emptyText: string;
  /** A button that makes one: above the list, or alone where there is nothing yet. */
  first?: ComponentChildren;
  /** The editor. */
  children: ComponentChildren;
}

export function ListRoom(props: ListRoomProps): JSX.Element {
  const { label, icon, items, opened } = props;
  if (items.length === 0 && opened === null) {
    return <EmptyState icon={icon} title={props.emptyTitle} text={props.emptyText}>{props.first}</EmptyState>;
  }
  return (
    <div class={`entries${opened === null ? '' : ' entries-open'}`}>
      <section class="entries-list" aria-label={label}>
        {props.first !== undefined && <div class="things-tools">{props.first}</div>}
        <ul class="scroll entries-scroll things" tabIndex={-1}>
          {items.map(({ id, title, note }) => (
            <li key={id}>
              <button
                type="button"
                class="entry-row"
                aria-current={id === opened?.id ? 'true' : undefined}
                onClick={() => { props.onOpen(id); }}
              >
                <span class="clip" dir="auto">{title}</span>
                <span class="entry-row-note quiet clip">{note}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
      {opened === null ? (
        <div class="entries-none">
          <EmptyState icon={icon} title={props.chooseTitle} text={props.chooseText} />
        </div>
      ) : (
        props.children
      )}
    </div>
  );
}
