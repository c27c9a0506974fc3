/** What an edit or a withdrawal does to a message. Pure. */
import type { Message, ThreadEvent } from './model';

/** What a message says after an edit or a withdrawal of it. An edit of a message taken back changes nothing. */
export function changed(message: Message, change: ThreadEvent): Message {
  if (change.kind === 'edited' && message.withdrawn !== true) {
    return { ...message, text: change.text ?? '', edited_at: change.at };
  }
  if (change.kind === 'withdrawn') {
    const { text: _, photos: __, ...rest } = message;
    return { ...rest, withdrawn: true };
  }
  return message;
}
