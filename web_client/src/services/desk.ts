/** What the support desk asks of the server. It holds conversations as other clients do, by addresses of its own. */
import type { Asked } from '../protocol/codec';
import type {
  AgentLoad,
  Answer,
  Assign,
  Claim,
  DeskContext,
  DeskCounts,
  DeskHits,
  DeskPage,
  DeskStart,
  DeskThread,
  EventPage,
  GiveBack,
  Note,
  PatchThread,
  PostMessage,
  Posted201,
  PostNote,
  Reopen,
  Resolve,
  Snooze,
  ThreadView,
  Ticket,
  Transfer,
  Unread,
  Wake,
} from '../protocol/generated';
import { newKey } from '../protocol/keys';
import { Refusal } from '../protocol/refusal';
import { Api } from './api';
import type { Auth } from './auth';
import { queryOf } from './http';

/** Everything that moves a thread from hand to hand. */
export type Move = Claim | Assign | Transfer | GiveBack | Snooze | Wake | Resolve | Reopen;

/** A move before its writer has said which revision he has seen. */
export type Wished = Move extends infer One ? (One extends Move ? Omit<One, 'revision'> : never) : never;

export interface ListQuery {
  list: string;
  team?: string;
  label?: string;
  agent?: string;
  priority?: string;
  q?: string;
  before?: string;
  limit?: number;
}

export class DeskApi extends Api {
  protected override readonly photos = '/console/photos';
  /** Own messages are changed over the socket. */
  readonly #ask: (command: Asked) => Promise<Answer>;

  constructor(auth: Auth, base: string, ask: (command: Asked) => Promise<Answer>) {
    super(auth, base);
    this.#ask = ask;
  }

  override ticket(fresh = false): Promise<Ticket> {
    return this.json('POST', '/console/socket-tickets', undefined, fresh);
  }

  /** The desk counts in rows. */
  override unread(): Promise<Unread> {
    return Promise.resolve({ messages: 0, threads: 0 });
  }

  /** As the conversation's own screen holds it. */
  override thread(id: string): Promise<ThreadView> {
    return this.json('GET', `/console/threads/${id}/view`);
  }

  override events(thread: string, query: { before?: number; after?: number; around?: number }): Promise<EventPage> {
    return this.json('GET', `/console/threads/${thread}/events${queryOf(query)}`);
  }

  override edit(thread: string, seq: number, text: string): Promise<Posted201> {
    return this.#change({ t: 'message.edit', thread_id: thread, seq, client_key: newKey(), text });
  }

  override withdraw(thread: string, seq: number): Promise<Posted201> {
    return this.#change({ t: 'message.withdraw', thread_id: thread, seq, client_key: newKey() });
  }

  start(): Promise<DeskStart> {
    return this.json('GET', '/console/desk');
  }

  counts(): Promise<DeskCounts> {
    return this.json('GET', '/console/counts');
  }

  available(availability: AgentLoad['availability']): Promise<AgentLoad> {
    return this.json('PUT', '/console/availability', { availability });
  }

  list(query: ListQuery): Promise<DeskPage> {
    return this.json('GET', `/console/threads${queryOf({ ...query })}`);
  }

  row(id: string): Promise<DeskThread> {
    return this.json('GET', `/console/threads/${id}`);
  }

  context(id: string): Promise<DeskContext> {
    return this.json('GET', `/console/threads/${id}/context`);
  }

  async notes(id: string, after = 0): Promise<Note[]> {
    const { notes } = await this.json<{ notes: Note[] }>('GET', `/console/threads/${id}/notes${queryOf({ after: after || undefined })}`);
    return notes;
  }

  move(id: string, move: Move): Promise<DeskThread> {
    return this.json('POST', `/console/threads/${id}/moves`, move);
  }

  patch(id: string, marks: PatchThread): Promise<DeskThread> {
    return this.json('PATCH', `/console/threads/${id}`, marks);
  }

  postNote(id: string, note: PostNote): Promise<Note> {
    return this.json('POST', `/console/threads/${id}/notes`, note);
  }

  post(id: string, message: PostMessage): Promise<Posted201> {
    return this.json('POST', `/console/threads/${id}/messages`, message);
  }

  find(q: string, before?: string): Promise<DeskHits> {
    return this.json('GET', `/console/search${queryOf({ q, before })}`);
  }

  async #change(command: Asked): Promise<Posted201> {
    const answer = await this.#ask(command);
    if (answer.t !== 'ack') throw new Refusal('internal');
    return answer;
  }
}
