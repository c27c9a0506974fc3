/** How a marketplace embeds Parley: a queue, one script, a few commands. Everything the demo page knows of the widget is here. */
import { effect } from '@preact/signals';
import { locale } from '../src/i18n';
import { BRAND, NOBODY, personId, refreshOrders, theme } from './market';
import { token } from './server';

type Parley = ((...command: unknown[]) => void) & { q?: unknown[][] };

declare global {
  interface Window {
    parley?: Parley;
  }
}

/** The queue that takes commands until the script is there. */
function queue(): Parley {
  const waiting: unknown[][] = [];
  const take: Parley = (...command) => {
    waiting.push(command);
  };
  take.q = waiting;
  return take;
}

export function parley(...command: unknown[]): void {
  window.parley ??= queue();
  window.parley(...command);
}

/** Loads the widget for whoever is signed in, and keeps it in step with the page. */
export function embedParley(): void {
  let shown: string | null = null;
  effect(() => {
    const id = personId.value;
    if (id === null || id === shown) return;
    const getToken = id === NOBODY ? null : (): Promise<string> => token(id);
    if (shown === null) parley('init', { getToken, brand: BRAND, locale: locale.peek(), theme: theme.peek() });
    else parley('identify', { getToken });
    shown = id;
  });
  effect(() => {
    parley('setLocale', locale.value);
  });
  effect(() => {
    parley('setTheme', theme.value);
  });
  parley('on', 'message:received', () => void refreshOrders());
  const script = document.createElement('script');
  script.src = '/widget.js';
  script.async = true;
  document.head.append(script);
}
