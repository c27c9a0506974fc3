/** Frames to text and back, and what must be counted alike on both sides. What a frame means is decided upstairs. */
import type { Command, ServerFrame } from './generated';

/** A command before the session has given it its number. */
export type Asked = Command extends infer C ? (C extends Command ? Omit<C, 'id'> : never) : never;

const PUSHES = ['event', 'thread', 'order', 'marks', 'typing_now', 'presence'];
const ANSWERS = ['welcome', 'ok', 'ack', 'error', 'watched', 'page', 'thread_list'];
const KNOWN: ReadonlySet<unknown> = new Set([...PUSHES, ...ANSWERS]);

/** One command as the text of one frame. */
export function encode(command: Command): string {
  return JSON.stringify(command);
}

/**
 * The frame in a text, or null where it is none that this client knows. The shape inside is the server's promise
 * (one schema, generated); only what could come from somebody else's server is looked at here.
 */
export function decode(text: unknown): ServerFrame | null {
  if (typeof text !== 'string') return null;
  try {
    const frame: unknown = JSON.parse(text);
    if (typeof frame !== 'object' || frame === null || !('t' in frame)) return null;
    return KNOWN.has(frame.t) ? (frame as ServerFrame) : null;
  } catch {
    return null;
  }
}

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
