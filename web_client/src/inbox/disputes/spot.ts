/** Where in the room of disputes somebody is, as the address says it. */

/** Disputes stand in the room, and complaints about the shop beside them. */
export type Shelf = 'disputes' | 'complaints';

export const SHELVES = ['disputes', 'complaints'] as const satisfies readonly Shelf[];

/** Of which shop, and which case is open; the first shop where none is named. */
export interface Spot {
  readonly shelf: Shelf;
  readonly shop?: string;
  readonly id?: string;
}

const SPOT = /^#\/(disputes|complaints)(?:\/([0-9a-f]{16})(?:\/([0-9a-f]{16}))?)?$/;

/** Null where the address is another place's. */
export function spotIn(hash: string): Spot | null {
  const [, shelf, shop, id] = SPOT.exec(hash) ?? [];
  if (shelf !== 'disputes' && shelf !== 'complaints') return null;
  return { shelf, ...(shop === undefined ? {} : { shop }), ...(id === undefined ? {} : { id }) };
}

export function addressOf({ shelf, shop, id }: Spot): string {
  return [`#/${shelf}`, shop, shop === undefined ? undefined : id].filter((part) => part !== undefined).join('/');
}

export function isSame(one: Spot | null, other: Spot | null): boolean {
  return one?.shelf === other?.shelf && one?.shop === other?.shop && one?.id === other?.id;
}
