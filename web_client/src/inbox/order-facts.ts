/** Which facts of an order matter in the state that it is in, in the order of a seller's work. Pure. */
import type { MessageKey } from '../i18n';
import type { OrderView } from '../protocol/generated';

export type Fact =
  | { kind: 'date'; key: MessageKey; value: number; isPressing: boolean }
  | { kind: 'text' | 'code'; key: MessageKey; value: string }
  /** A whole sentence without a name of its own. */
  | { kind: 'note'; key: MessageKey };

const DAY_MS = 24 * 60 * 60 * 1000;

export function factsOf(order: OrderView): Fact[] {
  const shipsNow = order.state === 'paid' || order.state === 'placed';
  const isOpen = order.state !== 'received' && order.state !== 'cancelled';
  const { shipped_at: shippedAt = null, promised_days: days = null, received_by: by = null } = order;
  const promised = isOpen && shippedAt !== null && days !== null ? shippedAt + days * DAY_MS : null;
  return [
    date('order.placed_at', order.placed_at),
    date('order.paid_at', order.paid_at),
    date('order.ship_by', shipsNow ? order.ship_by : undefined, true),
    date('order.shipped_at', order.shipped_at),
    text('text', 'order.carrier', order.carrier),
    text('code', 'order.tracking', order.tracking),
    date('order.promised', promised),
    date('order.protected_until', isOpen ? order.protected_until : undefined),
    date('order.received_at', order.received_at),
    by === null ? null : note(`order.received_by.${by}`),
  ].filter((fact) => fact !== null);
}

function date(key: MessageKey, given: number | null | undefined, isPressing = false): Fact | null {
  const value = given ?? null;
  return value === null ? null : { kind: 'date', key, value, isPressing };
}

function text(kind: 'text' | 'code', key: MessageKey, value: string | undefined): Fact | null {
  return value === undefined || value === '' ? null : { kind, key, value };
}

function note(key: MessageKey): Fact {
  return { kind: 'note', key };
}
