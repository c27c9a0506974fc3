/** What the widget is at a moment: who is here, what is shown, how it looks; and what the host page may ask of it. */
import { effect, signal, untracked, type Signal } from '@preact/signals';

import { socketUrl } from '../connection/socket';
import { forgetTraces, hasTraces } from '../connection/traces';
import { firstLocale, locale, setLocale, t } from '../i18n';
import type { EmbedLook, HostWord } from '../protocol/embed';
import { tokenAuth, type Auth } from '../services/auth';
import { Embed } from '../services/embed';
import { Http } from '../services/http';
import type { Part } from '../services/reviews';
import { Lobby, type LobbyEvents } from '../state/lobby';
import { applyBrand, applyTheme, brandOfPage } from '../styles/brand';
import type { Surroundings } from '../ui/client';
import type * as Visiting from './visiting';

export type Tab = 'home' | 'messages' | 'orders';

/** What is shown in place of the first screen. */
export type Place = { readonly kind: 'messages' } | { readonly kind: 'orders' } | Screen;

/** A screen above the tabs. */
export type Screen =
  | { readonly kind: 'thread'; readonly id: string; readonly seq?: number }
  | { readonly kind: 'order'; readonly id: string }
  | { readonly kind: 'search' }
  | { readonly kind: 'archive' }
  | { readonly kind: 'notices' }
  /** One's own reviews; the one that is looked for. */
  | { readonly kind: 'reviews'; readonly review?: string }
  | RatePlace
  | WritePlace
  | { readonly kind: 'dispute'; readonly id: string }
  | DisputingPlace
  | { readonly kind: 'complaint'; readonly id: string }
  /** Where a buyer says that nobody answers in a conversation. */
  | { readonly kind: 'complaining'; readonly thread: string }
  /** One's own disputes and complaints. */
  | { readonly kind: 'cases' }
  /** Whether the conversation from before the sign-in goes on. */
  | { readonly kind: 'merge' }
  /** A conversation whose id is not known yet: about a product, an order, or with support, where something may be asked. */
  | { readonly kind: 'opening'; readonly product?: string; readonly order?: string; readonly ask?: Question; readonly support?: Topic };

/** Where something that was received is rated: a line of an order, or the first of it that may be. */
export interface RatePlace {
  readonly kind: 'rate';
  readonly order: string;
  readonly line?: string;
  /** Chosen on the way here. */
  readonly stars?: number;
}

/** Where a dispute is opened about a line of an order. */
export interface DisputingPlace {
  readonly kind: 'disputing';
  readonly order: string;
  readonly line?: string;
}

/** Where words are written beside stars that were given. */
export interface WritePlace {
  readonly kind: 'write';
  readonly review: string;
  readonly part: Part;
}

/** About what somebody writes to support. */
export type Topic = 'help' | 'complaint';

/** What is asked of support; the button that says it, where one did. Empty text opens the conversation alone. */
export interface Question {
  readonly text: string;
  readonly pick?: string;
}

const visiting = (): Promise<typeof Visiting> => import('./visiting');

/** Nobody is signed in: a visitor's token, once there is one. */
const guestAuth: Auth = { renewable: false, headers: async () => (await visiting()).visitorHeaders() };

/** Where the API lives, seen from this page. */
export const API = new URL('api/v1', location.href).pathname;

export class Widget {
  readonly tab: Signal<Tab> = signal('home');
  /** The screens above the tab, the last one on top. */
  readonly stack: Signal<readonly Screen[]> = signal([]);
  /** Whether the panel is on the screen. */
  readonly isOpen: Signal<boolean> = signal(false);
  /** Whether there is something below it to go back to. */
  readonly canClose: Signal<boolean> = signal(true);
  /** Null before the host page has said who is here, and after it took the widget away. */
  readonly lobby: Signal<Lobby | null> = signal(null);
  /** Whether nobody is signed in: he may ask support and do nothing else, and is no person before he does. */
  readonly isGuest: Signal<boolean> = signal(false);
  /** Null until somebody opens a conversation, or has left something unsent in one. */
  readonly inside: Signal<Surroundings | null> = signal(null);
  /** Whether the first sentences are there. */
  readonly isReady: Signal<boolean> = signal(false);
  readonly embed: Embed;
  #unlisten: (() => void)[] = [];
  /** How this person's requests prove whose they are. */
  auth: Auth = guestAuth;

  constructor() {
    this.embed = new Embed((word) => {
      this.#hear(word);
    });
    effect(() => {
      if (this.isReady.value) this.#sayLabels();
    });
  }

  /** All that is new to a customer: messages, and notices of his own. */
  get unread(): number {
    const chat = this.lobby.value?.chat.value;
    return chat ? chat.unread + chat.notices.mine : 0;
  }

  /** Puts a screen on top. */
  push(screen: Screen): void {
    this.stack.value = [...this.stack.value, screen];
  }

  /** Puts a screen in the place of the top one. */
  replace(screen: Screen): void {
    this.stack.value = [...this.stack.value.slice(0, -1), screen];
  }

  back(): void {
    this.stack.value = this.stack.value.slice(0, -1);
  }

  show(tab: Tab): void {
    this.tab.value = tab;
    this.stack.value = [];
  }

  close(): void {
    this.embed.say({ kind: 'close' });
  }

  #hear(word: HostWord): void {
    switch (word.kind) {
      case 'start':
        this.isOpen.value = word.open;
        this.canClose.value = word.stays !== true;
        void this.#dress(word.look).then(() => {
          this.isReady.value = true;
          this.embed.event('ready', undefined);
        });
        this.identify(word.signedIn);
        break;
      case 'identify':
        this.show('home');
        this.identify(word.signedIn);
        break;
      case 'look':
        void this.#dress(word.look);
        break;
      case 'shown':
        this.isOpen.value = word.open;
        break;
      case 'openThread':
        this.stack.value = [{ kind: 'thread', id: word.thread, ...(word.seq === undefined ? {} : { seq: word.seq }) }];
        break;
      case 'contactSeller':
        this.stack.value = [{ kind: 'opening', product: word.product }];
        break;
      case 'openOrder':
        this.tab.value = 'orders';
        this.stack.value = [{ kind: 'order', id: word.order }];
        break;
      case 'ask':
        this.stack.value = [{ kind: 'opening', ask: word }];
        break;
      case 'shutdown':
        this.#forget();
        break;
      case 'token':
      case 'noToken':
        break;
    }
  }

  async #dress(look: EmbedLook): Promise<void> {
    applyTheme(look.theme ?? 'auto');
    applyBrand(look.brand ?? brandOfPage());
    await setLocale(firstLocale(look.locale));
  }

  /** Fetches what conversations need, once for each person. */
  async enter(): Promise<void> {
    const lobby = this.lobby.value;
    if (lobby === null || this.inside.value !== null) return;
    const { inside } = await import('./inside');
    if (this.lobby.value === lobby) this.inside.value ??= inside(lobby, this.auth, this.embed);
  }

  /** From now on it is this person's Parley, or a guest's. */
  identify(signedIn: boolean): void {
    this.#leave();
    this.isGuest.value = !signedIn;
    if (signedIn) this.auth = tokenAuth((fresh) => this.embed.token(fresh));
    const http = new Http(this.auth, API);
    const lobby = new Lobby({ http, socketUrl: socketUrl(location.href), locale: () => locale.peek() });
    this.lobby.value = lobby;
    this.#unlisten = [this.#report(lobby), lobby.listen(this.#messages())];
    if (signedIn) lobby.start();
    if (hasTraces('visitor')) void visiting().then(({ recall }) => recall(this), () => undefined);
  }

  /** Somebody else comes; what this browser kept of the one before stays for when he is back. */
  #leave(): void {
    this.#unlisten.forEach((stop) => {
      stop();
    });
    this.inside.value?.photos.clear();
    this.inside.value?.client.dispose();
    this.lobby.value?.dispose();
    this.inside.value = null;
    this.lobby.value = null;
    this.auth = guestAuth;
    this.embed.event('unread', { count: 0 });
  }

  #forget(): void {
    this.inside.value?.client.signOut();
    this.lobby.value?.forget();
    forgetTraces('visitor');
    this.#leave();
    this.embed.say({ kind: 'bye' });
  }

  #messages(): LobbyEvents {
    return {
      sent: (letter, { seq }) => {
        this.embed.event('message:sent', { thread: letter.threadId, seq });
      },
      received: ({ seq }, { id }) => {
        this.embed.event('message:received', { thread: id, seq });
      },
    };
  }

  /** Tells the host page how the connection is and how much is unread. */
  #report(lobby: Lobby): () => void {
    const stops = [
      effect(() => {
        const now = lobby.connection.value;
        const state = now.kind === 'waiting' || now.kind === 'opening' ? 'connecting' : now.kind;
        this.embed.event('connection', { state });
        if (now.kind !== 'stopped') return;
        this.embed.event('error', { code: 'stopped' });
        if (this.isGuest.peek()) void visiting().then(({ stopped }) => stopped(this, now.code), () => undefined);
      }),
      effect(() => {
        this.embed.event('unread', { count: this.unread });
      }),
      effect(() => {
        const { me } = lobby.chat.value;
        // What was written and not sent goes by itself, also where nobody opens a conversation.
        if (me !== null && hasTraces(me.id)) void this.enter().catch(() => undefined);
      }),
    ];
    return () => {
      stops.forEach((stop) => {
        stop();
      });
    };
  }

  #sayLabels(): void {
    const count = this.unread;
    const unread = count > 0 ? t('list.unread', { count }) : '';
    const words = { open: t('launcher.open'), close: t('launcher.close'), unread };
    untracked(() => {
      this.embed.say({ kind: 'labels', ...words });
    });
  }
}
