/** A private note: for colleagues alone. An at sign names one of them. */
import type { JSX } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';

import { t } from '../../i18n';
import { newKey } from '../../protocol/keys';
import { storable } from '../../protocol/texts';
import { useClient } from '../../ui/client';
import { Button } from '../../ui/parts/Button';
import { LockIcon } from '../../ui/parts/icons-desk';
import { tellRefusal } from '../../ui/refusals';
import { useDesk } from './desk-context';
import { SuggestList, Suggesting } from './Suggesting';
import { mentionsIn, type Suggestion } from './suggest';

/** A draft of a note is kept beside that of the answer. */
function draftOf(id: string): string {
  return `note:${id}`;
}

const MOST = 4000;

export function NotePane({ id }: { id: string }): JSX.Element {
  const desk = useDesk();
  const client = useClient();
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => client.drafts.peek()?.read(draftOf(id)).text ?? '');
  const [busy, setBusy] = useState(false);
  /** The same note under the same key is written once. */
  const key = useRef(newKey());
  const suggesting = useMemo(() => new Suggesting('@', 'people'), []);
  const team = desk.model.value.rows.get(id)?.team_id ?? '';
  // Who does not see the conversation cannot be called into it.
  const people = (desk.model.value.counts?.agents ?? []).filter(
    (agent) => agent.id !== desk.me && (agent.supervises === true || (agent.teams ?? []).includes(team)),
  );
  suggesting.all = people.map(({ id: who, name }) => ({ id: who, title: name, hint: '', text: `@${name} ` }));

  const write = (words: string): void => {
    setText(words);
    client.drafts.peek()?.write(draftOf(id), { text: words, photos: [] });
  };
  const post = async (): Promise<void> => {
    const words = storable(text.trim());
    if (words === '' || busy) return;
    setBusy(true);
    // At once: by the time it is written its author may be elsewhere.
    area.current?.focus();
    try {
      const note = await desk.api.postNote(id, { client_key: key.current, text: words, mentions: mentionsIn(words, people) });
      desk.putNotes(id, [note]);
      key.current = newKey();
      write('');
    } catch (thrown) {
      tellRefusal(thrown);
    }
    setBusy(false);
  };
  const pick = (chosen: Suggestion): void => {
    write(suggesting.completed(text, chosen));
    area.current?.focus();
  };
  const list = suggesting.list(text);

  return (
    <form
      class="note-writing"
      onSubmit={(event) => {
        event.preventDefault();
        void post();
      }}
    >
      <SuggestList suggesting={suggesting} text={text} label={t('console.desk.people')} onPick={pick} />
      <textarea
        ref={area}
        rows={2}
        dir={text === '' ? undefined : 'auto'}
        maxLength={MOST}
        value={text}
        aria-label={t('console.desk.note')}
        placeholder={t('console.desk.note.placeholder')}
        aria-autocomplete="list"
        aria-controls={list?.id}
        aria-activedescendant={list?.active}
        onInput={({ currentTarget }) => {
          write(currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.isComposing || suggesting.onKey(event, text, pick)) return;
          if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault();
            void post();
          }
        }}
      />
      <div class="note-writing-foot">
        <span class="quiet">{t('console.desk.note.hint')}</span>
        <Button type="submit" size="s" icon={LockIcon} busy={busy} disabled={text.trim() === ''}>
          {t('console.desk.note.add')}
        </Button>
      </div>
    </form>
  );
}
