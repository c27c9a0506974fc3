/**
 * What the host page's loader and the widget's frame say to each other. Types and names only: the loader takes
 * nothing else from here, and it must stay small.
 */

/** How the frame should look and in which language it speaks. */
export interface EmbedLook {
  locale?: string;
  theme?: 'light' | 'dark' | 'auto';
  /** `#rrggbb` */
  brand?: string;
}

/** The first words of each side, over the windows; everything later goes through the port that comes with them. */
export type Handshake = { parley: 'frame' } | { parley: 'port' };

/** From the host page to the frame. */
export type HostWord =
  /** `stays`: there is nothing below the widget to go back to, so it has no way out. */
  | { kind: 'start'; look: EmbedLook; signedIn: boolean; open: boolean; stays?: boolean }
  /** Somebody else, or nobody, is signed in now. */
  | { kind: 'identify'; signedIn: boolean }
  | { kind: 'look'; look: EmbedLook }
  | { kind: 'shown'; open: boolean }
  | { kind: 'openThread'; thread: string; seq?: number }
  | { kind: 'contactSeller'; product: string }
  | { kind: 'openOrder'; order: string }
  | { kind: 'ask'; text: string }
  | { kind: 'token'; id: number; token: string | null }
  | { kind: 'noToken'; id: number }
  | { kind: 'shutdown' };

/** What the host page may listen to. */
export interface EmbedEvents {
  ready: undefined;
  opened: undefined;
  closed: undefined;
  unread: { count: number };
  /** Who asks without being signed in: what his backend says when it vouches for him later. */
  visitor: { id: string };
  'message:sent': { thread: string; seq: number };
  'message:received': { thread: string; seq: number };
  /** Whether people of support answer now. */
  status: { open: boolean };
  /** A person was asked for; where nobody is here, he comes when people are back. */
  handoff: { thread: string; state: 'queued' | 'queued_offline' };
  /** Where one stands in the queue for a person, and how long that may take, in milliseconds where it is known. */
  queue: { thread: string; position: number; expectedMs: number | null };
  /** One to five: how support was in a conversation, or something that was bought. */
  rated: { thread: string; score: number } | { order: string; line: string; score: number };
  /** A dispute of this buyer was opened, or has moved; `state` is where it stands since. */
  'dispute:changed': { dispute: string; order: string; state: string };
  connection: { state: 'off' | 'connecting' | 'open' | 'stopped' };
  error: { code: string };
}

export type EventName = keyof EmbedEvents;

/** From the frame to the host page. */
export type FrameWord =
  | { [Name in EventName]: { kind: 'event'; name: Name; data: EmbedEvents[Name] } }[EventName]
  | { kind: 'needToken'; id: number; fresh: boolean }
  /** The person wants the panel to close. */
  | { kind: 'close' }
  | { kind: 'open' }
  /** What the bubble is called, in the reader's language. */
  | { kind: 'labels'; open: string; close: string; unread: string }
  /** Nothing of this person is left in the frame. */
  | { kind: 'bye' };
