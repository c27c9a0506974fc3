/** One order may come several ways, and not in the order in which it changed. */
import type { OrderView } from '../protocol/generated';

/** The farther one of two views of an order; the other one where they stand alike. */
export function newest(order: OrderView, other: OrderView | undefined): OrderView {
  if (other === undefined || other.version < order.version) return order;
  // The version is the marketplace's, and a receipt that the buyer or the timer made leaves it as it is.
  const isReceived = other.version === order.version && order.received_at !== undefined;
  return isReceived && other.received_at === undefined ? order : other;
}
