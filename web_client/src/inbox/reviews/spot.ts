/** Where in the reviews somebody is, as the address says it. */

/** Of which shop, and which review was asked for; the first shop where none is named. */
export interface Spot {
  readonly shop?: string;
  readonly review?: string;
}

const SPOT = /^#\/reviews(?:\/([0-9a-f]{16})(?:\/([0-9a-f]{16}))?)?$/;

/** Null where the address is another place's. */
export function spotIn(hash: string): Spot | null {
  const found = SPOT.exec(hash);
  if (found === null) return null;
  const [, shop, review] = found;
  return { ...(shop === undefined ? {} : { shop }), ...(review === undefined ? {} : { review }) };
}

export function addressOf({ shop, review }: Spot): string {
  return ['#/reviews', shop, shop === undefined ? undefined : review].filter((part) => part !== undefined).join('/');
}
