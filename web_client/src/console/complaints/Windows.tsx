/** What opens above the room: all keys, and the conversation that is complained about. */
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';

import { t } from '../../i18n';
import type { ComplaintView } from '../../protocol/generated';
import { Dialog } from '../../ui/parts/Dialog';
import { KeyRows } from '../../ui/parts/KeyRows';
import { KeysSwitch } from '../desk/DeskSettings';
import { everyEvent } from '../disputes/docket';
import { ThreadDialog } from '../disputes/ThreadDialog';
import { useComplaints } from './context';
import { ROWS } from './keys';

export function Windows(): JSX.Element | null {
  const room = useComplaints();
  const [window, open] = [room.window.value, room.open.value];
  const close = (): void => {
    room.window.value = null;
  };
  if (window === 'thread' && open !== null) return <Conversation complaint={open} onClose={close} />;
  if (window !== 'keys') return null;
  return (
    <Dialog title={t('console.complaints.keys')} onClose={close}>
      <KeyRows rows={ROWS.map(({ keys, key }) => ({ keys, text: t(`console.complaints.key.${key}`) }))} />
      <div class="help-foot">
        <KeysSwitch />
      </div>
    </Dialog>
  );
}

function Conversation({ complaint, onClose }: { complaint: ComplaintView; onClose: () => void }): JSX.Element {
  const { api } = useComplaints();
  const { id } = complaint;
  const load = useCallback(() => everyEvent((after, limit) => api.complaintEvents(id, after, limit)), [api, id]);
  return <ThreadDialog title={complaint.about} parties={complaint} load={load} onClose={onClose} />;
}
