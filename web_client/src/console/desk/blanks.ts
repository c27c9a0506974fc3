/** What is put into the blanks of a text: the customer's name, mine, his newest order. */
import type { DeskContext } from '../../protocol/generated';
import type { Desk } from './desk';
import type { Blanks } from './words';

/** What was asked for last, so that a text does not wait for it. */
let held: { id: string; context: Promise<DeskContext> } | null = null;

/** What is known of the customer of a thread; asked for once while the thread is open, and anew when `isFresh`. */
export function contextOf(desk: Desk, id: string, isFresh = false): Promise<DeskContext> {
  if (held?.id === id && !isFresh) return held.context;
  const context = desk.api.context(id);
  const mine = { id, context };
  held = mine;
  context.catch(() => {
    if (held === mine) held = null;
  });
  return context;
}

export async function blanksOf(desk: Desk, id: string): Promise<Blanks> {
  const row = desk.model.value.rows.get(id);
  const context = await contextOf(desk, id).catch(() => null);
  return {
    customer: row?.customer.name ?? '',
    agent: desk.load.value?.name ?? '',
    order: context?.orders?.[0]?.number ?? '',
  };
}
