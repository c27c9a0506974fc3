/**
 * What this device keeps of somebody who asks for help without being signed in: by what he proves himself, who he
 * is to the marketplace, and when he last said something.
 */
import { forgetTraces, prefixOf } from './traces';

export interface KeptVisitor {
  readonly token: string;
  /** The person's id, which is no secret. */
  readonly id: string;
  /** When he last said something, by this device's clock; 0 before. */
  readonly saidAt: number;
}

/** Whose it is, is not known before it is read: it stands in the place of a person of this name. */
export const PLACE = 'visitor';

const NAME = `${prefixOf(PLACE)}kept`;

/** For browsers that refuse a lasting place. */
let fleeting: string | null = null;

export function keptVisitor(): KeptVisitor | null {
  try {
    return JSON.parse(read() ?? 'null') as KeptVisitor | null;
  } catch {
    return null;
  }
}

export function keepVisitor(visitor: KeptVisitor): void {
  const text = JSON.stringify(visitor);
  try {
    localStorage.setItem(NAME, text);
    fleeting = null;
  } catch {
    fleeting = text;
  }
}

/** He said something just now. */
export function visitorSpoke(now = Date.now()): void {
  const visitor = keptVisitor();
  if (visitor !== null) keepVisitor({ ...visitor, saidAt: now });
}

/** Forgets the visitor, and what he left unsent. */
export function forgetVisitor(): void {
  const visitor = keptVisitor();
  fleeting = null;
  if (visitor !== null) forgetTraces(visitor.id);
  forgetTraces(PLACE);
}

function read(): string | null {
  try {
    return fleeting ?? localStorage.getItem(NAME);
  } catch {
    return fleeting;
  }
}
