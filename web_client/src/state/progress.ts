/** Questions to the state that come up inside of a conversation. Pure. */
import type { ThreadView } from '../protocol/generated';
import type { Chat, Message, Side, Thread } from './model';
import { isMine } from './select';

/** How far the other side has come. */
export function otherMark(view: ThreadView): { delivered: number; read: number } {
  const others = (view.marks ?? []).filter(({ side }) => side !== view.my_side);
  return {
    delivered: Math.max(0, ...others.map(({ delivered }) => delivered ?? 0)),
    read: Math.max(0, ...others.map(({ read }) => read ?? 0)),
  };
}

export type Progress = 'sent' | 'delivered' | 'read';

/** What became of a message of this side. */
export function progressOf(view: ThreadView, seq: number): Progress {
  const { delivered, read } = otherMark(view);
  if (seq <= read) return 'read';
  return seq <= delivered ? 'delivered' : 'sent';
}

/** Whether the author may still change a message. `now` is the server's time. */
export function canEdit(chat: Chat, message: Message, now: number): boolean {
  return canChange(chat, message) && (message.text ?? '') !== '' && now - message.at < chat.limits.edit_ms;
}

export function canWithdraw(chat: Chat, message: Message, now: number): boolean {
  return canChange(chat, message) && now - message.at < chat.limits.withdraw_ms;
}

function canChange(chat: Chat, message: Message): boolean {
  return isMine(message, chat.me?.id) && message.withdrawn !== true;
}

/** Who of the other side types in a thread. */
export function typingSide(thread: Thread, now: number): Side | null {
  const { typing } = thread;
  return typing !== null && typing.until > now && typing.side !== thread.view.my_side ? typing.side : null;
}
