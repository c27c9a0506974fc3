/**
 * A server that speaks the socket protocol over fake sockets: threads, seq, client keys, marks, resume. It keeps the
 * promises of the real one in the simplest way there is, so that the client can be held to its own.
 */
import type { Dial, SocketEvents } from '../src/connection/socket';
import type {
  Answer,
  Card,
  Command,
  Push,
  SendMessage,
  ServerFrame,
  SideMark,
  ThreadView,
  Welcome,
} from '../src/protocol/generated';
import type { Message, ThreadEvent } from '../src/state/model';

export const SHOP = { id: '0000000000000501', name: 'Atelier' };
export const BUYER = { id: '0000000000000101', name: 'Ana Rusu' };
export const SELLER = { id: '0000000000000201', name: 'Ion' };
export const START = 1_800_000_000_000;

type SideName = 'customer' | 'shop';

interface StoredThread {
  id: string;
  events: ThreadEvent[];
  /** Delivered and read of each person. */
  marks: Map<string, { side: SideName; delivered: number; read: number }>;
  waitingSince: number | undefined;
  /** With whom: a shop, or support. */
  kind: 'product' | 'support';
  desk: Desk;
}

/** What a customer sees of a thread with support. */
type Desk = Pick<ThreadView, 'state' | 'topic' | 'agent' | 'csat'>;

interface Line {
  person: typeof BUYER;
  events: SocketEvents;
  isOpen: boolean;
}

export class FakeServer {
  epoch = 'first';
  now = START;
  readonly threads = new Map<string, StoredThread>();
  readonly lines = new Set<Line>();
  /** Every command that arrived. */
  readonly heard: Command[] = [];
  /** Frames to these people get lost on the way, as if the connection had died without a word. */
  readonly deaf = new Set<string>();
  /** Answers instead of the server, where it answers at all. */
  intercept: ((command: Command) => Answer | 'silence' | null) | null = null;
  /** Missed events above this number come as a reset. */
  resumeBound = 50;
  private readonly keys = new Map<string, { thread_id: string; seq: number; at: number }>();

  addThread(id: string, kind: StoredThread['kind'] = 'product'): void {
    this.threads.set(id, { id, events: [], marks: new Map(), waitingSince: undefined, kind, desk: { state: 'bot' } });
  }

  /** The bot says something. */
  answerAs(id: string, text: string, card: Card): number {
    const stored = this.thread(id);
    this.now += 1000;
    const seq = stored.events.length + 1;
    this.add(stored, { kind: 'posted', seq, at: this.now, side: 'bot', text, card });
    return seq;
  }

  /** A person of support says something. */
  replyAs(id: string, name: string, text: string): void {
    const stored = this.thread(id);
    this.now += 1000;
    this.add(stored, { kind: 'posted', seq: stored.events.length + 1, at: this.now, side: 'staff', name, text });
  }

  /** A person is wanted: the thread waits for one. */
  queue(id: string): void {
    this.move(id, 'support.queued', { state: 'queued' });
  }

  /** Something happens to a thread with support. */
  move(id: string, code: string, desk: Desk, params: Record<string, string> = {}): void {
    const stored = this.thread(id);
    stored.desk = desk;
    this.add(stored, { kind: 'state', seq: stored.events.length + 1, at: this.now, side: 'system', code, params });
    this.push(BUYER, { t: 'thread', thread: this.view(id, BUYER) });
  }

  /** How somebody's client dials. */
  dial(person: typeof BUYER): Dial {
    return (_url, events) => {
      const line: Line = { person, events, isOpen: true };
      this.lines.add(line);
      queueMicrotask(() => {
        if (line.isOpen) events.opened();
      });
      return {
        send: (text) => {
          if (line.isOpen) this.take(line, JSON.parse(text) as Command);
        },
        close: () => {
          line.isOpen = false;
          this.lines.delete(line);
        },
      };
    };
  }

  /** Ends every connection with this code. */
  drop(code: number): void {
    for (const line of [...this.lines]) {
      line.isOpen = false;
      this.lines.delete(line);
      line.events.closed(code);
    }
  }

  /** A message of somebody who is not connected. */
  post(thread: string, person: typeof BUYER, text: string, key = `key-${String(this.keys.size)}-${text}`): number {
    return this.store(thread, person, { t: 'message.send', id: 1, thread_id: thread, client_key: key, text }).seq;
  }

  edit(thread: string, person: typeof BUYER, target: number, text: string): void {
    this.change(thread, person, target, (message) => ({ ...message, text, edited_at: this.now }), (seq) => ({
      kind: 'edited', seq, at: this.now, side: sideOf(person), author: person.id, target, text,
    }));
  }

  withdraw(thread: string, person: typeof BUYER, target: number): void {
    const blank = ({ text: _, photos: __, ...message }: Message): Message => ({ ...message, withdrawn: true });
    this.change(thread, person, target, blank, (seq) => ({
      kind: 'withdrawn', seq, at: this.now, side: sideOf(person), author: person.id, target,
    }));
  }

  mark(thread: string, person: typeof BUYER, delivered: number, read: number): void {
    const stored = this.thread(thread);
    const last = stored.events.length;
    const held = stored.marks.get(person.id) ?? { side: sideOf(person), delivered: 0, read: 0 };
    const next = {
      side: held.side,
      read: Math.max(held.read, Math.min(read, last)),
      delivered: Math.max(held.delivered, Math.min(Math.max(delivered, read), last)),
    };
    stored.marks.set(person.id, next);
    for (const line of this.lines) {
      const push: Push = { t: 'marks', thread_id: thread, mark: this.markOf(stored, next.side) };
      if (line.person.id === person.id) Object.assign(push, { read: next.read, unread: this.unread(stored, person.id) });
      this.send(line, push);
    }
  }

  /** What one person would see of a thread on a fresh look. */
  view(id: string, person: typeof BUYER): ThreadView {
    const stored = this.thread(id);
    const last = stored.events.findLast((event) => event.kind === 'posted');
    const view: ThreadView = {
      id,
      kind: stored.kind,
      my_side: sideOf(person),
      customer: BUYER,
      ...(stored.kind === 'support' ? stored.desk : { shop: SHOP }),
      last_seq: stored.events.length,
      last_at: last?.at ?? START,
      created_at: START,
      unread: this.unread(stored, person.id),
      read: stored.marks.get(person.id)?.read ?? 0,
      marks: (['customer', 'shop'] as const).map((side) => this.markOf(stored, side)),
    };
    if (last !== undefined) view.last = seenBy(last, person) as Message;
    if (stored.waitingSince !== undefined) view.waiting_since = stored.waitingSince;
    return view;
  }

  /** A thread's events as one person sees them: only the author of a message is told its client key. */
  history(id: string, person: typeof BUYER): ThreadEvent[] {
    return this.thread(id).events.map((event) => seenBy(event, person));
  }

  push(person: typeof BUYER, push: Push): void {
    for (const line of this.lines) if (line.person.id === person.id) this.send(line, push);
  }

  private thread(id: string): StoredThread {
    const found = this.threads.get(id);
    if (found === undefined) throw new Error(`There is no thread ${id}.`);
    return found;
  }

  private unread({ events, marks }: StoredThread, person: string): number {
    const read = marks.get(person)?.read ?? 0;
    return events.filter((event) => event.kind === 'posted' && event.seq > read && event.author !== person).length;
  }

  private markOf({ marks }: StoredThread, side: SideName): SideMark {
    const own = [...marks.values()].filter((mark) => mark.side === side);
    return {
      side,
      delivered: Math.max(0, ...own.map(({ delivered }) => delivered)),
      read: Math.max(0, ...own.map(({ read }) => read)),
    };
  }

  private send(line: Line, frame: ServerFrame): void {
    if (line.isOpen && !this.deaf.has(line.person.id)) line.events.received(JSON.stringify(frame));
  }

  private take(line: Line, command: Command): void {
    this.heard.push(command);
    const instead = this.intercept?.(command) ?? null;
    if (instead === 'silence') return;
    const answer = instead ?? this.answer(line, command);
    if (answer !== null) this.send(line, answer);
  }

  private answer(line: Line, command: Command): Answer | null {
    const { person } = line;
    switch (command.t) {
      case 'hello':
        return this.welcome(command, person);
      case 'message.send': {
        if (!this.threads.has(command.thread_id)) return { t: 'error', id: command.id, code: 'not_found', message: '' };
        return { t: 'ack', id: command.id, ...this.store(command.thread_id, person, command) };
      }
      case 'mark':
        for (const { thread_id: id, delivered = 0, read = 0 } of command.marks) this.mark(id, person, delivered, read);
        return null;
      case 'typing':
        for (const other of this.lines) {
          if (other.person.id !== person.id) this.send(other, { t: 'typing_now', thread_id: command.thread_id, side: sideOf(person) });
        }
        return null;
      case 'watch':
        return { t: 'watched', id: command.id, thread_id: command.thread_id, online: [...this.lines].some((other) => other.person.id !== person.id) };
      case 'history':
        return this.page(command, person);
      case 'threads':
        return { t: 'thread_list', id: command.id, threads: this.views(person) };
      case 'message.edit':
      case 'message.withdraw':
      case 'token.renew':
      case 'unwatch':
      case 'look':
        return { t: 'ok', id: command.id };
    }
  }

  private welcome({ id, epoch, known = [] }: Extract<Command, { t: 'hello' }>, person: typeof BUYER): Welcome {
    const reload = epoch !== '' && epoch !== this.epoch;
    const sync = reload
      ? []
      : known.filter(([thread]) => this.threads.has(thread)).map(([thread, seq]) => {
          const missed = this.history(thread, person).slice(seq);
          const reset = missed.length > this.resumeBound;
          const events = reset ? missed.slice(-this.resumeBound) : missed;
          return { thread: this.view(thread, person), events, ...(reset ? { reset } : {}) };
        });
    const views = this.views(person);
    return {
      t: 'welcome', id, epoch: this.epoch, now: this.now, me: person, threads: views, sync, reload,
      gone: known.map(([thread]) => thread).filter((thread) => !this.threads.has(thread)),
      limits: { text: 4000, photos: 10, photo_bytes: 1_000_000, edit_ms: 900_000, withdraw_ms: 86_400_000 },
      unread: views.reduce((sum, { unread = 0 }) => sum + unread, 0),
    };
  }

  private views(person: typeof BUYER): ThreadView[] {
    return [...this.threads.keys()].map((id) => this.view(id, person)).sort((one, other) => other.last_at - one.last_at);
  }

  private page({ id, thread_id: thread, before, after, around, limit = 50 }: Extract<Command, { t: 'history' }>, person: typeof BUYER): Answer {
    if (!this.threads.has(thread)) return { t: 'error', id, code: 'not_found', message: '' };
    const all = this.history(thread, person);
    const from = after ?? Math.max(0, (before === undefined ? (around === undefined ? all.length : around + limit / 2) : before - 1) - limit);
    const to = before === undefined ? from + limit : before - 1;
    const events = all.slice(from, Math.min(to, from + limit));
    const marks = (['customer', 'shop'] as const).map((side) => this.markOf(this.thread(thread), side));
    const more = { more_before: from > 0, more_after: from + events.length < all.length };
    return { t: 'page', id, thread_id: thread, events, marks, ...more };
  }

  private store(id: string, person: typeof BUYER, command: SendMessage): { thread_id: string; seq: number; at: number } {
    const key = `${person.id} ${command.client_key}`;
    const known = this.keys.get(key);
    if (known !== undefined) return known;
    const stored = this.thread(id);
    this.now += 1000;
    const place = { thread_id: id, seq: stored.events.length + 1, at: this.now };
    this.keys.set(key, place);
    const side = sideOf(person);
    stored.waitingSince = side === 'customer' ? (stored.waitingSince ?? this.now) : undefined;
    const photos = (command.photos ?? []).map((photo) => ({ id: photo, width: 4, height: 3 }));
    this.add(stored, {
      kind: 'posted', seq: place.seq, at: place.at, side, author: person.id, client_key: command.client_key,
      ...(command.text === undefined ? {} : { text: command.text }),
      ...(photos.length === 0 ? {} : { photos }),
      ...(command.reply_to === undefined ? {} : { reply_to: command.reply_to }),
    });
    return place;
  }

  private change(
    id: string,
    person: typeof BUYER,
    target: number,
    rewrite: (message: Message) => Message,
    event: (seq: number) => ThreadEvent,
  ): void {
    const stored = this.thread(id);
    const found = stored.events[target - 1];
    if (found?.kind !== 'posted' || found.withdrawn === true) return;
    this.now += 1000;
    stored.events = stored.events.map((one) => (one.kind === 'posted' && one.seq === target && one.author === person.id ? rewrite(one) : one));
    this.add(stored, event(stored.events.length + 1));
  }

  private add(stored: StoredThread, event: ThreadEvent): void {
    stored.events.push(event);
    for (const line of this.lines) {
      this.send(line, { t: 'event', thread_id: stored.id, event: seenBy(event, line.person) });
    }
  }
}

function sideOf(person: typeof BUYER): SideName {
  return person.id === BUYER.id ? 'customer' : 'shop';
}

function seenBy(event: ThreadEvent, person: typeof BUYER): ThreadEvent {
  if (event.kind !== 'posted' || event.author === person.id) return event;
  const { client_key: _, ...rest } = event;
  return rest;
}
