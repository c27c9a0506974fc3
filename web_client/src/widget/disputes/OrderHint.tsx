/** In the list of orders: the dispute of an order that is not over, with what is left of the time. */
import type { JSX } from 'preact';

import { useClient } from '../../ui/client';
import { Countdown } from '../../ui/disputes/Countdown';
import { DisputeState } from '../../ui/disputes/DisputeState';
import { useDisputes } from './of';

export function OrderHint({ order }: { order: string }): JSX.Element | null {
  const client = useClient();
  const [first] = useDisputes().openOf(order).sort((one, other) => (one.due_at ?? Infinity) - (other.due_at ?? Infinity));
  if (first === undefined) return null;
  return (
    <>
      <DisputeState view={first} />
      <Countdown view={first} skew={client.chat.value.skew} compact />
    </>
  );
}
