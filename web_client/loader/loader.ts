/**
 * The snippet on the marketplace's page: `parley('init', …)` and the other commands, queued before it has loaded.
 * No library, no cookie, no storage; tokens come from the page's own callback and never stand in an address.
 */
import type { EventName } from '../src/protocol/embed';
import { visitOn, type Emit, type GetToken, type Settings, type Visit } from './visit';

type Parley = ((...command: unknown[]) => void) & { q?: unknown[][] };
type Listener = (data: unknown) => void;

declare global {
  interface Window {
    parley?: Parley;
  }
}

const script = document.currentScript as HTMLScriptElement | null;
const base = new URL('.', script?.src ?? location.href);
const listeners = new Map<string, Set<Listener>>();
let visit: Visit | null = null;

const emit: Emit = (name, data) => {
  listeners.get(name)?.forEach((listener) => {
    // One listener's mistake is the page's own, and nobody else's.
    try {
      listener(data);
    } catch (mistake) {
      setTimeout(() => {
        throw mistake;
      });
    }
  });
};

const COMMANDS: Readonly<Record<string, (...args: never[]) => void>> = {
  init: (settings: Settings = {}) => {
    visit ??= visitOn(base, emit, settings);
  },
  identify: (who?: { getToken?: GetToken | null }) => visit?.identify(who?.getToken ?? null),
  open: () => visit?.show(true),
  close: () => visit?.show(false),
  toggle: () => visit?.show(),
  hide: () => visit?.hide(true),
  show: () => visit?.hide(false),
  openThread: (thread: string, seq?: number) => {
    visit?.say({ kind: 'openThread', thread, ...(seq ? { seq } : {}) });
    visit?.show(true);
  },
  contactSeller: (product: string) => {
    visit?.say({ kind: 'contactSeller', product });
    visit?.show(true);
  },
  openOrder: (order: string) => {
    visit?.say({ kind: 'openOrder', order });
    visit?.show(true);
  },
  ask: (text: string) => {
    visit?.say({ kind: 'ask', text });
    visit?.show(true);
  },
  setLocale: (locale: string) => visit?.restyle({ locale }),
  setTheme: (theme: 'light' | 'dark' | 'auto') => visit?.restyle({ theme }),
  on: (event: EventName, listener: Listener) => {
    listeners.set(event, (listeners.get(event) ?? new Set()).add(listener));
  },
  off: (event: EventName, listener?: Listener) => {
    if (listener) listeners.get(event)?.delete(listener);
    else listeners.delete(event);
  },
  shutdown: () => {
    visit?.end();
    visit = null;
  },
};

const run: Parley = (command, ...args) => {
  const act = COMMANDS[String(command)] as Parley | undefined;
  if (act) act(...args);
  else emit('error', { code: 'unknown_command' });
};

/** A page may call before it has a body to stand on. */
function start(): void {
  const queued = window.parley?.q ?? [];
  window.parley = run;
  queued.forEach((call) => {
    run(...call);
  });
}

if (document.readyState === 'loading') addEventListener('DOMContentLoaded', start);
else start();
