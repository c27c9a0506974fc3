/** Frames that only some pages know are heard here, before the session, which knows nothing of them. */
import { dial as dialSocket, type Dial } from './socket';

/** `hear` answers true where a frame goes no further. What is no frame at all is left to the session. */
export function tapped(hear: (frame: { t: string }) => boolean, dial: Dial = dialSocket): Dial {
  return (url, events) =>
    dial(url, {
      ...events,
      received: (text) => {
        const frame = frameIn(text);
        if (frame === null || !hear(frame)) events.received(text);
      },
    });
}

function frameIn(text: unknown): { t: string } | null {
  if (typeof text !== 'string') return null;
  try {
    const frame: unknown = JSON.parse(text);
    return typeof frame === 'object' && frame !== null && 't' in frame && typeof frame.t === 'string' ? { ...frame, t: frame.t } : null;
  } catch {
    return null;
  }
}
