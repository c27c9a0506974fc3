/** The conversation that is open, under its head, with the private notes among its messages. */
import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';

import { t } from '../../i18n';
import type { Note } from '../../protocol/generated';
import { looksAt } from '../../state/desk';
import { Banner } from '../../ui/parts/Banner';
import { PencilIcon } from '../../ui/parts/icons';
import type { Asides } from '../../ui/threads/MessageList';
import { ThreadView } from '../../ui/threads/ThreadView';
import { useDesk } from './desk-context';
import { DeskWriting } from './DeskWriting';
import { Marks } from './Marks';
import { customerName } from './names';
import { NoteCard } from './NoteCard';
import { BareHead, ThreadHead } from './ThreadHead';
import './thread-pane.css';

export interface PaneProps {
  isNarrow: boolean;
  isWide: boolean;
}

export function ThreadPane(props: PaneProps): JSX.Element {
  const desk = useDesk();
  const place = desk.place.value;
  const row = desk.open.value;
  const asides = useNotes(place?.id ?? '');
  if (place === null) return <></>;
  const name = row === null ? undefined : customerName(row.customer);
  return (
    <>
      <p class="unseen" role="status">
        {name !== undefined && t('thread.messages', { name })}
      </p>
      {row === null ? <BareHead {...props} /> : <ThreadHead row={row} {...props} />}
      {row !== null && <Marks row={row} />}
      <ThreadView
        key={place.id}
        threadId={place.id}
        seq={place.seq}
        name={name}
        asides={asides}
        writing={() => (
          <>
            <Collision id={place.id} />
            <DeskWriting id={place.id} />
          </>
        )}
      />
    </>
  );
}

function useNotes(id: string): Asides {
  const desk = useDesk();
  const notes = useComputed(() => desk.model.value.notes.get(desk.place.value?.id ?? '')).value;
  return useMemo(() => {
    const held = new Map((notes ?? []).map((note): [string, Note] => [`note ${id} ${String(note.note_seq)}`, note]));
    return {
      items: [...held].map(([key, { after_seq: after, at }]) => ({ key, after, at })).sort((one, other) => one.after - other.after),
      draw: ({ key }) => {
        const note = held.get(key);
        return note === undefined ? <></> : <NoteCard note={note} />;
      },
    };
  }, [id, notes]);
}

/** A colleague writes here as well. */
function Collision({ id }: { id: string }): JSX.Element | null {
  const desk = useDesk();
  const answering = looksAt(desk.looks.value, id, desk.me).filter(({ doing }) => doing === 'answering');
  const first = answering[0];
  if (first === undefined) return null;
  return (
    <div class="collision">
      <Banner tone="warn" icon={PencilIcon}>
        {t('console.desk.answering', { name: first.agent.name })}
      </Banner>
    </div>
  );
}
