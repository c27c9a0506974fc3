/** One visit to one thread: what its list, its messages and its composer must know of each other. */
import { signal, type Signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

import type { Action, FaqLink, SupportStatus } from '../../protocol/generated';
import type { Message } from '../../state/model';

/** What a screen gives to a conversation with support. */
export interface Help {
  /** Opens what a button of the bot leads to; null where there are no such screens. */
  act: ((action: Action) => void) | null;
  /** Questions for who has not asked anything yet. */
  suggest: () => Promise<readonly FaqLink[]>;
  /** Whether people answer to a topic now. */
  status: (topic: string) => Promise<SupportStatus>;
}

export interface Talk {
  readonly threadId: string;
  /** Names in the reader's words: "You", or the other side's name. */
  readonly otherName: Signal<string>;
  readonly replyTo: Signal<Message | null>;
  readonly editing: Signal<Message | null>;
  /** The message that somebody asked to see, and is shown for a moment. */
  readonly wanted: Signal<number | null>;
  /** Words that somebody has chosen, to go into the composer. */
  readonly suggested: Signal<string | null>;
  /** Message and photo that are open large. */
  readonly lightbox: Signal<{ message: Message; index: number } | null>;
  readonly reporting: Signal<Message | null>;
  readonly withdrawing: Signal<Message | null>;
  /** Null in all conversations but those with support. */
  readonly help: Signal<Help | null>;
}

export function newTalk(threadId: string): Talk {
  return {
    threadId,
    otherName: signal(''),
    replyTo: signal(null),
    editing: signal(null),
    wanted: signal(null),
    suggested: signal(null),
    lightbox: signal(null),
    reporting: signal(null),
    withdrawing: signal(null),
    help: signal(null),
  };
}

const Context = createContext<Talk | null>(null);

export const TalkProvider = Context.Provider;

export function useTalk(): Talk {
  const found = useContext(Context);
  if (found === null) throw new Error('Rendered outside of a thread.');
  return found;
}
