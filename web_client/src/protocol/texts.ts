/** What must be counted and cleaned alike on both sides. */

/** Unicode code points, as the server counts them. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** What the server will store of a text: no lone halves of letters, and no NUL, which no database keeps. */
export function storable(text: string): string {
  return text.replaceAll('\0', '').replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}
