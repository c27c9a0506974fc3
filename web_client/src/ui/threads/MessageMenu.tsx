/** What may be done with a message, by whom it is and how old. Quiet until the message is pointed at. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { Message } from '../../state/model';
import { canEdit, canWithdraw } from '../../state/progress';
import { useClient } from '../client';
import { CopyIcon, EllipsisIcon, FlagIcon, PencilIcon, ReplyIcon, UndoIcon } from '../parts/icons';
import { Menu, type MenuItem } from '../parts/Menu';
import { useNow } from '../parts/RelativeTime';
import { showToast } from '../parts/Toast';
import { tellRefusal } from '../refusals';
import { useTalk, type Talk } from './talk';

export function MessageMenu({ message, mine }: { message: Message; mine: boolean }): JSX.Element {
  const client = useClient();
  const talk = useTalk();
  useNow();
  const chat = client.chat.value;
  const view = chat.threads.get(talk.threadId)?.view;
  const canWrite = view?.can_write !== false;
  const items: MenuItem[] = [];
  if (canWrite) items.push(item('reply', ReplyIcon, () => (talk.replyTo.value = message)));
  if ((message.text ?? '') !== '') items.push(item('copy', CopyIcon, () => void copy(message.text ?? '')));
  if (canEdit(chat, message, client.now())) {
    items.push(item('edit', PencilIcon, () => (talk.editing.value = message)));
  }
  if (canWithdraw(chat, message, client.now())) {
    items.push({ ...item('withdraw', UndoIcon, () => (talk.withdrawing.value = message)), danger: true });
  }
  if (!mine && talk.help.value === null && view?.my_side !== 'staff') items.push({ ...item('report', FlagIcon, () => (talk.reporting.value = message)), apart: true });
  return <Menu label={t('message.actions')} icon={EllipsisIcon} items={items} size="s" class="bubble-menu" />;
}

type Deed = 'reply' | 'copy' | 'edit' | 'withdraw' | 'report';

function item(id: Deed, icon: typeof CopyIcon, onPick: () => unknown): MenuItem {
  return { id, icon, label: t(`message.${id}`), onPick };
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    showToast({ text: t('common.copied'), tone: 'good' });
  } catch (thrown) {
    tellRefusal(thrown);
  }
}

/** Takes the message back; its tombstone comes as an event. */
export async function withdraw(api: { withdraw: (thread: string, seq: number) => Promise<unknown> }, talk: Talk): Promise<void> {
  const message = talk.withdrawing.value;
  talk.withdrawing.value = null;
  if (message === null) return;
  await api.withdraw(talk.threadId, message.seq).catch(tellRefusal);
}
