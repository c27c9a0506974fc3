/** Frames to text and back. What a frame means is decided upstairs. */
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
