/** An answer to the customer. A slash brings canned replies; who writes where nobody is takes the thread first. */
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';

import { t } from '../../i18n';
import type { DeskThread } from '../../protocol/generated';
import { Composer, type Assist } from '../../ui/composer/Composer';
import type { Writing } from '../../ui/composer/writing';
import { useClient } from '../../ui/client';
import { ZapIcon } from '../../ui/parts/icons';
import { Menu } from '../../ui/parts/Menu';
import { tellRefusal } from '../../ui/refusals';
import { useTalk } from '../../ui/threads/talk';
import { blanksOf } from './blanks';
import type { Desk } from './desk';
import { useDesk } from './desk-context';
import { claimToWrite, delivered, resolve } from './moves';
import { SuggestList, Suggesting } from './Suggesting';
import { type Suggestion } from './suggest';
import { filled, textFor } from './words';

export function ReplyPane({ id }: { id: string }): JSX.Element | null {
  const desk = useDesk();
  const client = useClient();
  const talk = useTalk();
  const view = client.chat.value.threads.get(id)?.view;
  const row = desk.open.value;
  const suggesting = useMemo(() => new Suggesting('/', 'canned'), []);
  const canned = cannedFor(desk, row);
  suggesting.all = canned;

  /** The blanks are filled when it is chosen: what belongs into them may have to be asked for. */
  const put = async (chosen: Suggestion, write: (text: string) => void): Promise<void> => {
    write(filled(chosen.text, await blanksOf(desk, id)));
  };
  const pick = (chosen: Suggestion, writing: Writing): void => {
    void put(chosen, (text) => {
      writing.write(suggesting.completed(writing.text.peek(), { ...chosen, text }));
    });
  };
  const assist: Assist = {
    above: (writing) => (
      <SuggestList
        suggesting={suggesting}
        text={writing.text.value}
        label={t('console.desk.canned')}
        onPick={(chosen) => {
          pick(chosen, writing);
        }}
      />
    ),
    beforeSend: () => claimToWrite(desk, id),
    onKey: (event, writing) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        sendAndResolve(desk, id, writing).catch(tellRefusal);
        return true;
      }
      return suggesting.onKey(event, writing.text.value, (chosen) => {
        pick(chosen, writing);
      });
    },
    list: (writing) => suggesting.list(writing.text.value),
    hint: t('console.desk.reply.hint'),
  };
  const tools = canned.length > 0 && (
    <Menu
      label={t('console.desk.canned')}
      icon={ZapIcon}
      align="start"
      class="canned-menu"
      items={canned.map((one) => ({
        id: one.id,
        label: one.title,
        onPick: () => void put(one, (text) => (talk.suggested.value = text)),
      }))}
    />
  );
  if (view === undefined) return null;
  return <Composer view={{ ...view, can_write: true }} otherName={talk.otherName.value} focus={false} tools={tools} assist={assist} />;
}

/** Those of everybody and of the thread's team, in the customer's language. */
function cannedFor(desk: Desk, row: DeskThread | null): Suggestion[] {
  if (row === null) return [];
  return (desk.kit.value?.canned ?? [])
    .filter(({ team_id: team }) => team === undefined || team === row.team_id)
    .map((reply) => ({ id: reply.id, title: reply.title, hint: reply.shortcut, text: textFor(reply, row.customer.locale) }));
}

async function sendAndResolve(desk: Desk, id: string, writing: Writing): Promise<void> {
  if (!writing.isReady.value || !(await claimToWrite(desk, id))) return;
  const letter = await writing.submit();
  if (letter === null || !(await delivered(desk, letter.key))) return;
  const row = desk.model.value.rows.get(id);
  if (row !== undefined) await resolve(desk, row);
}
