/** What the widget is at a moment: who is here, what is shown, how it looks; and what the host page may ask of it. */
import { effect, signal, untracked, type Signal } from '@preact/signals';

import { socketUrl } from '../connection/socket';
import { firstLocale, locale, setLocale, t } from '../i18n';
import type { EmbedLook, HostWord } from '../protocol/embed';
import { Api } from '../services/api';
import { tokenAuth } from '../services/auth';
import { Embed } from '../services/embed';
import { Client } from '../state/client';
import { applyBrand, applyTheme, brandOfPage } from '../styles/brand';
import { surroundings, type Surroundings } from '../ui/client';

export type Tab = 'home' | 'messages' | 'orders';

/** A screen above the tabs. */
export type Screen =
  | { readonly kind: 'thread'; readonly id: string; readonly seq?: number }
  | { readonly kind: 'order'; readonly id: string }
  | { readonly kind: 'search' }
  | { readonly kind: 'archive' }
  /** The host page wants a conversation whose id is not known yet. */
  | { readonly kind: 'opening'; readonly product?: string; readonly order?: string };

export class Widget {
  readonly tab: Signal<Tab> = signal('home');
  /** The screens above the tab, the last one on top. */
  readonly stack: Signal<readonly Screen[]> = signal([]);
  /** Whether the panel is on the screen. */
  readonly isOpen: Signal<boolean> = signal(false);
  /** Null while nobody is signed in. */
  readonly who: Signal<Surroundings | null> = signal(null);
  /** Whether the first sentences are there. */
  readonly isReady: Signal<boolean> = signal(false);
  readonly embed: Embed;
  private unlisten: (() => void)[] = [];

  constructor() {
    this.embed = new Embed((word) => {
      this.hear(word);
    });
    effect(() => {
      if (this.isReady.value) this.sayLabels();
    });
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

  private hear(word: HostWord): void {
    switch (word.kind) {
      case 'start':
        this.isOpen.value = word.open;
        void this.dress(word.look).then(() => {
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
        void this.dress(word.look);
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
      case 'shutdown':
        this.forget();
        break;
      case 'token':
      case 'noToken':
        break;
    }
  }

  private async dress(look: EmbedLook): Promise<void> {
    applyTheme(look.theme ?? 'auto');
    applyBrand(look.brand ?? brandOfPage());
    await setLocale(firstLocale(look.locale));
  }

  private identify(signedIn: boolean): void {
    this.leave();
    if (!signedIn) return;
    const api = new Api(tokenAuth((fresh) => this.embed.token(fresh)));
    const client = new Client({ api, socketUrl: socketUrl(location.href), locale: () => locale.peek() });
    this.who.value = surroundings(client);
    this.unlisten = [this.report(client), client.listen(this.messages())];
    client.start();
  }

  /** Somebody else comes; what this browser kept of the one before stays for when he is back. */
  private leave(): void {
    this.unlisten.forEach((stop) => {
      stop();
    });
    this.who.value?.client.dispose();
    this.who.value?.photos.clear();
    this.who.value = null;
    this.embed.event('unread', { count: 0 });
  }

  private forget(): void {
    this.who.value?.client.signOut();
    this.leave();
    this.embed.say({ kind: 'bye' });
  }

  private messages(): Parameters<Client['listen']>[0] {
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
  private report(client: Client): () => void {
    const stops = [
      effect(() => {
        const { kind } = client.connection.value;
        const state = kind === 'waiting' || kind === 'opening' ? 'connecting' : kind;
        this.embed.event('connection', { state });
        if (kind === 'stopped') this.embed.event('error', { code: 'stopped' });
      }),
      effect(() => {
        this.embed.event('unread', { count: client.chat.value.unread });
      }),
    ];
    return () => {
      stops.forEach((stop) => {
        stop();
      });
    };
  }

  private sayLabels(): void {
    const count = this.who.value?.client.chat.value.unread ?? 0;
    const unread = count > 0 ? t('list.unread', { count }) : '';
    const words = { open: t('launcher.open'), close: t('launcher.close'), unread };
    untracked(() => {
      this.embed.say({ kind: 'labels', ...words });
    });
  }
}
