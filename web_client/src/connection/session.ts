/**
 * One person's connection: ticket, hello, welcome, commands and their answers, renewal, coming back.
 * What the pushes mean is `state/`'s business; which state follows which is `machine.ts`'s.
 */
import { signal, type ReadonlySignal, type Signal } from '@preact/signals';

import { decode, encode, isAnswer, type Asked } from '../protocol/codec';
import { CLOSE, type Answer, type Known, type Push, type Welcome } from '../protocol/generated';
import { Refusal, refusalOf } from '../protocol/refusal';
import { Pending } from './pending';
import { dial as dialSocket, LOST, type Dial, type Wire } from './socket';
import { step, type ConnectionState, type Happening } from './machine';

/** A socket that has not been welcomed by then is given up. */
export const OPENING_MS = 20_000;

/** A token is renewed this long before it runs out, or after half of its life where that is less. */
export const RENEW_BEFORE_MS = 60_000;

/** After this long out of sight a connection is asked whether it still lives. */
export const DOZE_MS = 30_000;

export interface SessionParts {
  url: string;
  /** A one-use ticket, got over HTTP; `fresh` where the proof behind the last one runs out. Rejects with a Refusal. */
  ticket(fresh: boolean): Promise<string>;
  /** What the client holds when it says hello. */
  hello(): { epoch: string; known: Known[]; locale: string };
  onWelcome(welcome: Welcome): void;
  onPush(push: Push): void;
  dial?: Dial;
  random?: () => number;
}

export class Session {
  readonly #current: Signal<ConnectionState> = signal({ kind: 'off' });
  readonly #parts: SessionParts;
  readonly #pending = new Pending(() => {
    this.#happen({ kind: 'lost', code: LOST });
  });
  #wire: Wire | null = null;
  /** Rises with each try, so that what an earlier one still has to say is not heard. */
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #renewal: ReturnType<typeof setTimeout> | undefined;
  #lastHeard = 0;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  get state(): ReadonlySignal<ConnectionState> {
    return this.#current;
  }

  start(): void {
    this.#happen({ kind: 'start' });
  }

  /** Ends the connection; commands without an answer are refused as `offline`. */
  stop(): void {
    this.#happen({ kind: 'stop' });
  }

  /** The browser's word on the network. */
  network(isOnline: boolean): void {
    this.#happen({ kind: isOnline ? 'online' : 'offline' });
  }

  /** The page came back into sight: a connection that slept may be dead without knowing it. */
  wake(): void {
    if (this.#current.value.kind === 'waiting') this.#happen({ kind: 'online' });
    else if (Date.now() - this.#lastHeard > DOZE_MS) void this.#probe();
  }

  /** Sends a command and waits for its answer. Rejects with a Refusal. */
  async ask(command: Asked): Promise<Answer> {
    if (this.#current.value.kind !== 'open' || this.#wire === null) throw new Refusal('offline');
    return this.#send(command, this.#wire);
  }

  /** Sends a command whose answer nobody waits for, if there is a connection. */
  tell(command: Asked): void {
    if (this.#current.value.kind !== 'open') return;
    this.#wire?.send(encode({ ...command, id: this.#pending.next() }));
  }

  async #probe(): Promise<void> {
    await this.ask({ t: 'threads', limit: 1 }).catch(() => undefined);
  }

  #send(command: Asked, wire: Wire): Promise<Answer> {
    const id = this.#pending.next();
    const answer = this.#pending.wait(id);
    wire.send(encode({ ...command, id }));
    return answer;
  }

  #happen(happening: Happening): void {
    const before = this.#current.value;
    const after = step(before, happening, Date.now(), (this.#parts.random ?? Math.random)());
    if (after === before) return;
    if (after.kind !== 'open') this.#hangUp();
    this.#current.value = after;
    if (after.kind === 'opening') void this.#open();
    if (after.kind === 'waiting') this.#later(after.until - Date.now(), { kind: 'due' });
  }

  #later(ms: number, happening: Happening): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#happen(happening);
    }, ms);
  }

  #hangUp(): void {
    this.#attempt += 1;
    clearTimeout(this.#timer);
    clearTimeout(this.#renewal);
    this.#wire?.close();
    this.#wire = null;
    this.#pending.abandon();
  }

  async #open(): Promise<void> {
    const mine = this.#attempt;
    this.#later(OPENING_MS, { kind: 'lost', code: LOST });
    try {
      const ticket = await this.#parts.ticket(false);
      if (mine === this.#attempt) this.#connect(ticket);
    } catch (thrown) {
      if (mine === this.#attempt) this.#ticketRefused(refusalOf(thrown));
    }
  }

  #ticketRefused(refusal: Refusal): void {
    const code = refusal.code === 'unauthenticated' ? CLOSE.badTicket : LOST;
    this.#happen({ kind: 'lost', code, retryAfterMs: refusal.retryAfterMs });
  }

  #connect(ticket: string): void {
    const mine = this.#attempt;
    const wire = (this.#parts.dial ?? dialSocket)(this.#parts.url, {
      opened: () => {
        if (mine === this.#attempt) void this.#greet(ticket, wire);
      },
      received: (text) => {
        if (mine === this.#attempt) this.#receive(text);
      },
      closed: (code) => {
        if (mine === this.#attempt) this.#happen({ kind: 'lost', code });
      },
    });
    this.#wire = wire;
  }

  async #greet(ticket: string, wire: Wire): Promise<void> {
    const sent = this.#send({ t: 'hello', ticket, ...this.#parts.hello() }, wire);
    await sent.catch((thrown: unknown) => {
      const refusal = refusalOf(thrown);
      if (refusal.code !== 'offline') this.#ticketRefused(refusal);
    });
  }

  #receive(text: unknown): void {
    this.#lastHeard = Date.now();
    const frame = decode(text);
    if (frame === null) return;
    if (frame.t === 'welcome') this.#welcomed(frame);
    else if (isAnswer(frame)) this.#pending.settle(frame);
    else this.#parts.onPush(frame as Push);
  }

  /** State first, so that whoever waits for `open` finds it there; all in the same turn as the frame. */
  #welcomed(welcome: Welcome): void {
    clearTimeout(this.#timer);
    this.#pending.settle(welcome);
    this.#parts.onWelcome(welcome);
    if (welcome.expires_at !== undefined) this.#renewIn(welcome.expires_at - welcome.now);
    this.#happen({ kind: 'welcomed' });
  }

  /** `life` is how long the token still holds, by the server's clock. */
  #renewIn(life: number): void {
    const wait = Math.max(life / 2, life - RENEW_BEFORE_MS);
    // setTimeout counts in 31 bits; a token lives a day at most.
    this.#renewal = setTimeout(() => void this.#renew(life), Math.min(Math.max(wait, 1000), 2 ** 31 - 1));
  }

  /** A renewal that fails is tried again with what is left; in the end the server says `expired`. */
  async #renew(life: number): Promise<void> {
    const mine = this.#attempt;
    try {
      const ticket = await this.#parts.ticket(true);
      await this.ask({ t: 'token.renew', ticket });
      if (mine === this.#attempt) this.#renewIn(life);
    } catch (thrown) {
      const isLost = mine !== this.#attempt || refusalOf(thrown).code === 'unauthenticated';
      if (!isLost) this.#renewIn(RENEW_BEFORE_MS);
    }
  }
}
