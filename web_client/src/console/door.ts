/** Links that were mailed to who works here: an invitation, or the way to a new password. */

export interface MailedLink {
  readonly kind: 'invite' | 'reset';
  readonly token: string;
}

/** The secret in `#invite=…` or `#reset=…`, or null. */
export function linkIn(hash: string): MailedLink | null {
  const said = new URLSearchParams(hash.replace(/^#/, ''));
  for (const kind of ['invite', 'reset'] as const) {
    const token = said.get(kind);
    if (token !== null && token !== '') return { kind, token };
  }
  return null;
}

/** Takes the secret out of the address before anything else happens, so that no history and no copy keeps it. */
export function takeLink(): MailedLink | null {
  const link = linkIn(location.hash);
  if (link !== null) history.replaceState(null, '', location.pathname + location.search);
  return link;
}
