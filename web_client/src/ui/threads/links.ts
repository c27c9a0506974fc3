/** Finds links in what people write. Only what a browser may safely open becomes one, and it shows where it leads. */

export type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

const CANDIDATE = /https?:\/\/[^\s<>"]+|www\.[^\s<>"]+|(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu;
const PROTOCOLS: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);
const SCRIPTS = ['Latin', 'Cyrillic', 'Greek', 'Armenian', 'Hebrew', 'Arabic', 'Han', 'Hangul', 'Georgian', 'Thai'].map(
  (script) => new RegExp(`\\p{Script=${script}}`, 'u'),
);

/** Words and links of a text, in order. Put together again they may differ from it only in the hosts shown. */
export function segments(text: string): Segment[] {
  const found: Segment[] = [];
  let at = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const raw = withoutTail(match[0]);
    const link = linkOf(raw);
    if (link === null) continue;
    if (match.index > at) found.push({ kind: 'text', text: text.slice(at, match.index) });
    found.push(link);
    at = match.index + raw.length;
  }
  if (at < text.length) found.push({ kind: 'text', text: text.slice(at) });
  return found;
}

/** Without the punctuation that belongs to the sentence; a closing bracket stays where its opening is inside. */
function withoutTail(raw: string): string {
  const cut = raw.replace(/[.,;:!?'"’”»…]+$/u, '');
  const isClosed = cut.endsWith(')') && count(cut, ')') > count(cut, '(');
  return isClosed ? withoutTail(cut.slice(0, -1)) : cut;
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1;
}

function linkOf(raw: string): Segment | null {
  const url = parse(address(raw));
  if (url === null || !PROTOCOLS.has(url.protocol)) return null;
  // "https://bank.example@elsewhere" shows one host and opens another.
  if (url.username !== '' || url.password !== '') return null;
  return { kind: 'link', href: url.href, text: isMixed(hostIn(raw)) ? url.href : raw };
}

function address(raw: string): string {
  if (/^(https?:\/\/|mailto:)/iu.test(raw)) return raw;
  return raw.includes('@') && !raw.startsWith('www.') ? `mailto:${raw}` : `https://${raw}`;
}

function parse(href: string): URL | null {
  try {
    return new URL(href);
  } catch {
    return null;
  }
}

function hostIn(raw: string): string {
  const rest = raw.replace(/^(https?:\/\/|mailto:)?(www\.)?/iu, '');
  return rest.split(/[/?#]/u)[0] ?? '';
}

/** Whether letters of several scripts stand side by side, so that one may pass for another. */
export function isMixed(host: string): boolean {
  return SCRIPTS.filter((script) => script.test(host)).length > 1;
}
