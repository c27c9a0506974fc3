/**
 * Those who ask for help without being signed in. Somebody becomes a visitor with his first question, never before;
 * his token stays on this device until it dies, or until a buyer takes the conversation along.
 */
import { forgetVisitor, keepVisitor, keptVisitor, visitorSpoke, type KeptVisitor } from '../connection/visitor-keep';
import { locale } from '../i18n';
import { Refusal, refusalOf } from '../protocol/refusal';
import { CLOSE, type ThreadView } from '../protocol/generated';
import { HelpDesk } from '../services/help';
import type { Lobby } from '../state/lobby';
import type { Client } from '../state/client';
import { API, type Topic, type Widget } from './widget';

/** A conversation whose visitor was silent for so long is left alone, as the server does. */
const MERGE_MS = 24 * 3600 * 1000;

/** Lobbies that are followed already. */
const followed = new WeakSet<Lobby>();

let welcoming: Promise<void> | null = null;

/** How a visitor proves himself. */
export function visitorHeaders(): Record<string, string> {
  const visitor = keptVisitor();
  if (visitor === null) throw new Refusal('unauthenticated', { reason: 'nobody' });
  return { Authorization: `Visitor ${visitor.token}` };
}

/** Takes up what this device remembers: the visitor himself, or a question to the buyer that he turned out to be. */
export async function recall(widget: Widget): Promise<void> {
  const visitor = keptVisitor();
  if (visitor === null) return;
  widget.embed.event('visitor', { id: visitor.id });
  if (widget.isGuest.value) connect(widget);
  else if (Date.now() - visitor.saidAt < MERGE_MS && (await claimOf(widget)) === visitor.id) {
    // Below what is shown already, so that it interrupts nobody.
    widget.stack.value = [{ kind: 'merge' }, ...widget.stack.value];
  }
}

/** The thread where this person asks for help, buyer or visitor, or complains. Rejects with a Refusal. */
export async function helpThread(widget: Widget, client: Client, support: Topic = 'help'): Promise<ThreadView> {
  try {
    if (widget.isGuest.value) await admit(widget);
    return await client.open({ support });
  } catch (thrown) {
    if (!widget.isGuest.value || refusalOf(thrown).code !== 'unauthenticated') throw thrown;
    // The token died meanwhile. Nobody is told of it: he is somebody new.
    forgetVisitor();
    await admit(widget);
    return await client.open({ support });
  } finally {
    if (widget.isGuest.value && keptVisitor() !== null) connect(widget);
  }
}

/** The server said to stay away. Where that means that the token is dead, what comes next begins anew. */
export async function stopped(widget: Widget, code: number): Promise<void> {
  if (code !== CLOSE.badTicket && code !== CLOSE.signedOut) return;
  forgetVisitor();
  // What he wanted to ask is asked all the same; what he was reading is not his any more.
  widget.stack.value = widget.stack.value.filter(({ kind }) => kind === 'opening');
  widget.identify(false);
  await widget.enter();
}

/** The buyer takes the conversation of this device along. Rejects with a Refusal. */
export async function merge(client: Client): Promise<ThreadView | null> {
  const visitor = keptVisitor();
  if (visitor === null) return null;
  try {
    const view = await client.api.mergeVisitor(visitor.token);
    client.hold([view]);
    forgetVisitor();
    return view;
  } catch (thrown) {
    if (!refusalOf(thrown).retryable) forgetVisitor();
    throw thrown;
  }
}

/** He becomes a visitor, unless he is one. */
function admit(widget: Widget): Promise<void> {
  if (keptVisitor() !== null) return Promise.resolve();
  welcoming ??= welcome(widget).finally(() => {
    welcoming = null;
  });
  return welcoming;
}

async function welcome(widget: Widget): Promise<void> {
  const { token, person } = await new HelpDesk(API).welcome(locale.peek());
  const visitor: KeptVisitor = { token, id: person.id, saidAt: 0 };
  keepVisitor(visitor);
  widget.embed.event('visitor', { id: visitor.id });
}

function connect(widget: Widget): void {
  const lobby = widget.lobby.value;
  if (lobby === null) return;
  lobby.start();
  if (followed.has(lobby)) return;
  followed.add(lobby);
  lobby.listen({
    sent: () => {
      visitorSpoke();
    },
  });
}

/** Which visitor the marketplace says that this buyer was. The server looks again; here it only decides what is asked. */
async function claimOf(widget: Widget): Promise<unknown> {
  try {
    const { Authorization = '' } = await widget.auth.headers(false);
    return claim(Authorization, 'merge');
  } catch {
    return undefined;
  }
}

/** A claim of a token that may be read by whoever carries it; undefined where it is none. */
export function claim(token: string, name: string): unknown {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const claims: unknown = JSON.parse(atob(payload));
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>)[name] : undefined;
  } catch {
    return undefined;
  }
}
