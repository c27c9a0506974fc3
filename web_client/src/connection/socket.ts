/** The only place that opens a WebSocket. It carries text; what the text means is the session's business. */
import { PROTOCOL } from '../protocol/generated';

export interface SocketEvents {
  opened(): void;
  received(text: unknown): void;
  /** Comes once and last; nothing is heard of this socket afterwards. */
  closed(code: number): void;
}

export interface Wire {
  send(text: string): void;
  close(): void;
}

export type Dial = (url: string, events: SocketEvents) => Wire;

/** An abnormal end without a close frame. */
export const LOST = 1006;

/** Opens a socket to `url`. */
export const dial: Dial = (url, events) => {
  const socket = new WebSocket(url, PROTOCOL);
  let over = false;
  const end = (code: number): void => {
    if (over) return;
    over = true;
    events.closed(code);
  };
  socket.onopen = () => {
    if (!over) events.opened();
  };
  socket.onmessage = (message: MessageEvent<unknown>) => {
    if (!over) events.received(message.data);
  };
  socket.onclose = (closing) => {
    end(closing.code);
  };
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => {
      over = true;
      socket.close(1000);
    },
  };
};

/** The address of the socket beside a page: same host, same folder. */
export function socketUrl(page: string): string {
  const url = new URL('socket', page);
  url.hash = '';
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
