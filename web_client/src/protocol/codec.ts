/** Frames to text and back. What a frame means is decided upstairs. */
import type { Answer, Command, ServerFrame } from './generated';

/** A command before the session has given it its number. */
export type Asked = Command extends infer C ? (C extends Command ? Omit<C, 'id'> : never) : never;

const PUSHES = new Set<unknown>(['event', 'thread', 'order', 'marks', 'typing_now', 'presence', 'queue', 'notice', 'notices.read']);
const ANSWERS = new Set<unknown>(['welcome', 'ok', 'ack', 'error', 'watched', 'page', 'thread_list']);

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
    return PUSHES.has(frame.t) || ANSWERS.has(frame.t) ? (frame as ServerFrame) : null;
  } catch {
    return null;
  }
}

/** Whether somebody has asked for it. */
export function isAnswer(frame: ServerFrame): frame is Answer {
  return ANSWERS.has(frame.t);
}
