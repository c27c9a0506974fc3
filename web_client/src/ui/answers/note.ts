/** Who answers in a conversation with support, in a few words; and how long that may take. */
import { t } from '../../i18n';
import type { ThreadView } from '../../protocol/generated';
import type { Thread } from '../../state/model';
import { isSupport } from '../../state/select';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Undefined in all conversations but those with support. */
export function supportNote(view: ThreadView | undefined): string | undefined {
  if (view?.state === undefined || !isSupport(view)) return undefined;
  const { state, agent = '' } = view;
  return state === 'assigned' && agent !== '' ? t('support.note.assigned.named', { name: agent }) : t(`support.note.${state}`);
}

/** Where somebody stands in the queue, and for how long. */
export function queueText(queue: Thread['queue']): string {
  if (queue === null) return t('support.queued');
  const place = placeText(queue.position);
  return queue.expectedMs === null ? place : `${place} · ${waitText(queue.expectedMs)}`;
}

export function placeText(position: number): string {
  return position > 1 ? t('support.queue.place', { number: position }) : t('support.queue.next');
}

function waitText(ms: number): string {
  if (ms < MINUTE_MS) return t('support.queue.soon');
  if (ms < HOUR_MS) return t('support.queue.minutes', { count: Math.round(ms / MINUTE_MS) });
  return t('support.queue.hours', { count: Math.round(ms / HOUR_MS) });
}
