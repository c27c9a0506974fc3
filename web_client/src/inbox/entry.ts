/** How a seller comes in: by the secret part of a link, or by the session that an earlier one has opened. */
import type { Me } from '../protocol/generated';
import { refusalOf } from '../protocol/refusal';
import type { Api } from '../services/api';

export type Entry =
  | { kind: 'opening' }
  | { kind: 'in'; me: Me }
  /** The link was used before, or is too old. */
  | { kind: 'link_used' }
  /** No link, and no session either. */
  | { kind: 'signed_out' }
  | { kind: 'no_service' };

/** The secret in `#token=…`, or null. */
export function tokenIn(hash: string): string | null {
  const token = new URLSearchParams(hash.replace(/^#/, '')).get('token');
  return token === null || token === '' ? null : token;
}

/** Takes the secret out of the address before anything else happens, so that no history and no copy keeps it. */
export function takeToken(): string | null {
  const token = tokenIn(location.hash);
  if (token !== null) history.replaceState(null, '', location.pathname + location.search);
  return token;
}

/** A link that was used is no harm where its session still holds: a reload of the page. */
export async function enter(api: Pick<Api, 'me' | 'openInbox'>, token: string | null): Promise<Entry> {
  try {
    return { kind: 'in', me: token === null ? await api.me() : await api.openInbox(token) };
  } catch (thrown) {
    const { code } = refusalOf(thrown);
    if (code === 'offline' || code === 'unavailable' || code === 'internal' || code === 'rate_limited') {
      return { kind: 'no_service' };
    }
    return { kind: token === null ? 'signed_out' : 'link_used' };
  }
}
