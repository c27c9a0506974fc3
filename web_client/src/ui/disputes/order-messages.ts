/** What buyer and shop wrote about an order: what one of them may put in as evidence. */
import type { Client } from '../../state/client';
import type { Message } from '../../state/model';

/** The newest page, oldest first; without what was taken back. Rejects with a Refusal. */
export async function orderMessages(client: Client, order: string): Promise<readonly Message[]> {
  const held = [...client.chat.value.threads.values()].find(({ view }) => view.kind === 'order' && view.order?.id === order);
  const { id } = held?.view ?? (await client.open({ order }));
  const { events } = await client.api.events(id, {});
  return events.filter((event): event is Message => event.kind === 'posted' && event.withdrawn !== true && event.side !== 'system');
}
