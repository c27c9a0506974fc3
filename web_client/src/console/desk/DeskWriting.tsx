/** Where an answer or a private note is written. */
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

import { t } from '../../i18n';
import type { DeskThread } from '../../protocol/generated';
import { Button } from '../../ui/parts/Button';
import { ReplyIcon } from '../../ui/parts/icons';
import { LockIcon, UserCheckIcon } from '../../ui/parts/icons-desk';
import { panelId, tabId, Tabs } from '../../ui/parts/Tabs';
import { useDesk } from './desk-context';
import { otherHolder, takeOver } from './moves';
import { NotePane } from './NotePane';
import { ReplyPane } from './ReplyPane';
import './writing.css';

const NAME = 'writing';

export function DeskWriting({ id }: { id: string }): JSX.Element {
  const desk = useDesk();
  const place = useRef<HTMLDivElement>(null);
  const what = desk.writes.value;
  const row = desk.open.value;
  const holder = row === null ? undefined : otherHolder(desk, row);
  useCursor(place);
  return (
    <div class={`desk-writing desk-writing-${what}`} ref={place}>
      <Tabs
        name={NAME}
        label={t('console.desk.writing')}
        items={[
          { id: 'reply', label: t('console.desk.reply'), icon: ReplyIcon },
          { id: 'note', label: t('console.desk.note'), icon: LockIcon },
        ]}
        current={what}
        onPick={(next) => {
          desk.writes.value = next;
        }}
      />
      <div role="tabpanel" id={panelId(NAME, what)} aria-labelledby={tabId(NAME, what)}>
        {what === 'note' ? (
          <NotePane key={id} id={id} />
        ) : holder !== undefined && row !== null ? (
          <Held row={row} name={holder.name} />
        ) : (
          <ReplyPane key={id} id={id} />
        )}
      </div>
    </div>
  );
}

/** Two people who answer one customer help nobody. */
function Held({ row, name }: { row: DeskThread; name: string }): JSX.Element {
  const desk = useDesk();
  return (
    <div class="desk-held" role="status">
      <p>{t('console.desk.held', { name })}</p>
      <Button size="s" icon={UserCheckIcon} onClick={() => void takeOver(desk, row)}>
        {t('console.desk.take_over')}
      </Button>
    </div>
  );
}

/** The cursor goes into the text when a key or a command asks for it, be it before the conversation is there. */
function useCursor(place: { current: HTMLElement | null }): void {
  const desk = useDesk();
  const isWanted = desk.wantsCursor.value;
  // With the drawing and not after it: the next key is already meant for the text.
  useLayoutEffect(() => {
    const text = place.current?.querySelector('textarea');
    if (!isWanted || !(text instanceof HTMLTextAreaElement)) return;
    desk.wantsCursor.value = false;
    text.focus();
  });
  useEffect(() => {
    const onKey = (event: Event): void => {
      if (event.target instanceof HTMLTextAreaElement) desk.answering();
    };
    const here = place.current;
    here?.addEventListener('input', onKey);
    return () => {
      here?.removeEventListener('input', onKey);
    };
  }, [desk, place]);
}
