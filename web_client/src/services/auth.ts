/** How requests prove whose they are: a token that the host page gives, or the inbox's session cookie. */
import { Refusal } from '../protocol/refusal';

export interface Auth {
  /** Headers of one request. `fresh`: the last proof was refused, so another one is needed. */
  headers(fresh: boolean): Promise<Record<string, string>>;
  /** Whether another try with a fresh proof makes sense. */
  readonly renewable: boolean;
}

/** Asks for a token that is not about to run out; null where nobody is signed in. */
export type GetToken = (fresh: boolean) => Promise<string | null>;

/** Every request carries a token of the host page. */
export function tokenAuth(getToken: GetToken): Auth {
  let held: Promise<string | null> | null = null;
  const ask = (fresh: boolean): Promise<string | null> => {
    if (held === null || fresh) {
      const asked = getToken(fresh);
      held = asked;
      asked.catch(() => (held = held === asked ? null : held));
    }
    return held;
  };
  return {
    renewable: true,
    headers: async (fresh) => {
      const first = await ask(fresh);
      const token = !fresh && runsOut(first, Date.now()) ? await ask(true) : first;
      if (token === null) throw new Refusal('unauthenticated', { reason: 'nobody' });
      return { Authorization: `Bearer ${token}` };
    },
  };
}

/** The session cookie goes by itself; this header shows that no foreign form sent the request. */
export const cookieAuth: Auth = {
  renewable: false,
  headers: () => Promise.resolve({ 'X-Parley': '1' }),
};

const SOON_MS = 30_000;

/** Whether a token's `exp` is near or past. What cannot be read is left to the server to judge. */
export function runsOut(token: string | null, now: number): boolean {
  try {
    const body = (token ?? '').split('.')[1] ?? '';
    const claims: unknown = JSON.parse(atob(body.replaceAll('-', '+').replaceAll('_', '/')));
    if (typeof claims !== 'object' || claims === null || !('exp' in claims)) return false;
    return typeof claims.exp === 'number' && claims.exp * 1000 - now < SOON_MS;
  } catch {
    return false;
  }
}
