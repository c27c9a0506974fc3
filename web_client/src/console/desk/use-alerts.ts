/** What calls an agent back: unread in the title, and where he wants it a sound and a note on the desktop. */
import { useEffect } from 'preact/hooks';

import { locale, t } from '../../i18n';
import { chime, deskNote, setTitle } from '../../services/alerts';
import type { DeskFrame } from '../../state/desk';
import { belongs, NO_FILTERS } from '../../state/desk-lists';
import { preview } from '../../ui/threads/preview';
import { brandName } from '../brand-name';
import { preferences } from '../preferences';
import type { RoomProps } from '../rooms';
import type { Desk } from './desk';
import { useDesk } from './desk-context';
import { customerName } from './names';

export interface Call {
  thread: string;
  title: string;
  text: string;
  /** Heard and shown even while one looks at the thread. */
  isUrgent: boolean;
}

export function useAlerts({ go }: RoomProps): void {
  const desk = useDesk();
  const unread = [...desk.model.value.rows.values()]
    .filter((row) => belongs(row, 'mine', NO_FILTERS, desk.me))
    .reduce((sum, row) => sum + (row.unread ?? 0), 0);
  const language = locale.value;
  const brand = brandName.value;

  useEffect(() => {
    setTitle(`${t('console.title')} · ${brand}`, unread);
  }, [unread, language, brand]);

  useEffect(
    () =>
      desk.listen((frame) => {
        const call = callOf(desk, frame);
        if (call === null) return;
        if (frame.t === 'event') desk.client.lobby.marks.raise(call.thread, { delivered: frame.event.seq });
        const isSeen = document.hasFocus() && desk.isShown.value && desk.place.value?.id === call.thread;
        if (isSeen && !call.isUrgent) return;
        if (preferences.value.sound) chime();
        if (!preferences.value.desktop) return;
        deskNote(call.title, call.text, call.thread, () => {
          go('desk');
          desk.visit(call.thread);
        });
      }),
    [desk, go],
  );
}

/** Whether a push is worth a call: a thread given to me, a customer in mine, somebody who names me, one that was taken from me. */
export function callOf(desk: Pick<Desk, 'me' | 'model'>, frame: DeskFrame): Call | null {
  const { rows } = desk.model.value;
  const nameIn = (id: string): string => customerName(rows.get(id)?.customer ?? { name: '', id: '' });
  switch (frame.t) {
    case 'event': {
      const row = rows.get(frame.thread_id);
      const isMine = row?.agent?.id === desk.me && row.state !== 'resolved';
      if (!isMine || frame.event.kind !== 'posted' || frame.event.side !== 'customer' || frame.event.seq <= row.last_seq) return null;
      return { thread: row.id, title: t('console.desk.notify.message', { name: customerName(row.customer) }), text: preview(frame.event), isUrgent: false };
    }
    case 'desk.thread': {
      const { thread } = frame;
      const isGiven = thread.state === 'assigned' && thread.agent?.id === desk.me && rows.get(thread.id)?.agent?.id !== desk.me;
      if (!isGiven) return null;
      return { thread: thread.id, title: t('console.desk.notify.given', { name: customerName(thread.customer) }), text: thread.last === undefined ? '' : preview(thread.last), isUrgent: false };
    }
    case 'desk.note':
      if (!(frame.note.mentions ?? []).includes(desk.me)) return null;
      return { thread: frame.thread_id, title: t('console.desk.notify.mention', { name: frame.note.author.name }), text: frame.note.text, isUrgent: false };
    case 'desk.returned':
      return { thread: frame.thread_id, title: t('console.desk.returned.one', { name: nameIn(frame.thread_id) }), text: '', isUrgent: true };
    case 'desk.gone':
    case 'desk.counts':
    case 'desk.look':
    case 'marks':
      return null;
  }
}
