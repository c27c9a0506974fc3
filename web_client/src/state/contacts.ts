/** What the server did about contact data in messages that were sent from this page. Pure. */
import type { Ack } from '../protocol/generated';

/** `seen`: they stand as they were written. `hidden`: something else was stored in their place. */
export type Contacts = 'seen' | 'hidden';

/** By message. */
export type AllContacts = ReadonlyMap<string, Contacts>;

/** What a write was answered, apart from where it stands. */
export type Told = Pick<Ack, 'contacts' | 'text'>;

export const NO_CONTACTS: AllContacts = new Map();

export function contactsOf(told: Told): Contacts | null {
  if (told.contacts !== true) return null;
  return told.text === undefined ? 'seen' : 'hidden';
}

export function contactsAt(all: AllContacts, threadId: string, seq: number): Contacts | null {
  return all.get(placeOf(threadId, seq)) ?? null;
}

/** With what was found in the newest words of a message; an edit without contacts takes the line away. */
export function withContacts(all: AllContacts, threadId: string, seq: number, found: Contacts | null): AllContacts {
  const place = placeOf(threadId, seq);
  if ((all.get(place) ?? null) === found) return all;
  const after = new Map(all);
  if (found === null) after.delete(place);
  else after.set(place, found);
  return after;
}

function placeOf(threadId: string, seq: number): string {
  return `${threadId} ${String(seq)}`;
}
