/** How requests prove whose they are: a token that the host page gives, or the inbox's session cookie. */
import { Refusal } from '../protocol/refusal';

export interface Auth {
  /** Headers of one request. `fresh`: the last proof was refused or is about to run out, so another one is needed. */
  headers(fresh: boolean): Promise<Record<string, string>>;
  /** Whether another try with a fresh proof makes sense. */
  readonly renewable: boolean;
}

/** Asks for a token; null where nobody is signed in. */
export type GetToken = (fresh: boolean) => Promise<string | null>;

/** Every request carries a token of the host page; the same one, until it is refused. */
export function tokenAuth(getToken: GetToken): Auth {
  let held: Promise<string | null> | null = null;
  const ask = (fresh: boolean): Promise<string | null> => {
    if (held !== null && !fresh) return held;
    const asked = getToken(fresh);
    held = asked;
    asked.catch(() => {
      if (held === asked) held = null;
    });
    return asked;
  };
  return {
    renewable: true,
    headers: async (fresh) => {
      const token = await ask(fresh);
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
