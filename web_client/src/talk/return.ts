/** From a mailed link to the visitor whose conversation it leads to. */
import { forgetVisitor, keepVisitor, keptVisitor } from '../connection/visitor-keep';
import type { Returned } from '../protocol/generated';
import { refusalOf } from '../protocol/refusal';

export type Return =
  /** Without a thread: Help's first screen, as whoever this browser knows already. */
  | { readonly kind: 'back'; readonly thread: string | null }
  | { readonly kind: 'dead' }
  | { readonly kind: 'away' };

/** Takes the secret out of the address before anything else happens, so that no history and no copy keeps it. */
export function takeSecret(): string {
  const secret = location.hash.slice(1);
  if (secret !== '') history.replaceState(null, '', location.pathname + location.search);
  return secret;
}

/** Follows a link. One that was used is no harm where it was followed in this browser. */
export async function comeBack(secret: string, follow: (secret: string) => Promise<Returned>): Promise<Return> {
  if (secret === '') return { kind: 'back', thread: null };
  try {
    const { token, person, thread_id } = await follow(secret);
    if (keptVisitor()?.id !== person.id) forgetVisitor();
    keepVisitor({ token, id: person.id, saidAt: 0 });
    return { kind: 'back', thread: thread_id };
  } catch (thrown) {
    if (refusalOf(thrown).code !== 'unauthenticated') return { kind: 'away' };
    return keptVisitor() === null ? { kind: 'dead' } : { kind: 'back', thread: null };
  }
}
