// Generated from chat_server/wire by scripts/generate. Not for editing.

/** The subprotocol that both sides of the socket name. */
export const PROTOCOL = 'parley.v1';

/** Bounds that hold before the server has said a word. */
export const LIMITS = {
  frameBytes: 65536,
  text: 4000,
  photos: 10,
  known: 500,
  marks: 200,
  page: 100,
} as const;

/** Why the server ends a socket. */
export const CLOSE = {
  /** The server ends this connection; come back. */
  goingAway: 1001,
  /** The bytes are not WebSocket frames. */
  protocolError: 1002,
  /** Frames are text; a binary one was sent. */
  unsupportedData: 1003,
  /** The text is not UTF-8. */
  badText: 1007,
  /** The frame is larger than 64 KiB. */
  tooBig: 1009,
  /** The server restarts; come back. */
  restart: 1012,
  /** The connection read too slowly; come back and resume. */
  slow: 4000,
  /** The server lost its place; come back and resume. */
  resync: 4001,
  /** The connection did not answer pings; come back. */
  silent: 4002,
  /** The token ran out; come back with a fresh one. */
  expired: 4003,
  /** Far too many frames; come back later. */
  tooFast: 4004,
  /** The ticket is unknown, used or too old. */
  badTicket: 4500,
  /** This person was signed out. */
  signedOut: 4501,
  /** The frames are not those of this protocol. */
  badProtocol: 4502,
  /** No hello within ten seconds. */
  noHello: 4503,
  /** Too many connections of one person or address. */
  tooMany: 4504,
} as const;

/**
 * `[thread_id, seq]`: the client holds this thread without a hole up to `seq`.
 *
 * @minItems 2
 * @maxItems 2
 */
export type Known = [string, number];
/**
 * What went wrong, for programs. The sentence beside it is for people.
 */
export type ErrorCode =
  | 'bad_frame'
  | 'blocked'
  | 'internal'
  | 'invalid'
  | 'key_reused'
  | 'method_not_allowed'
  | 'not_allowed'
  | 'not_found'
  | 'photo_refused'
  | 'quota_reached'
  | 'rate_limited'
  | 'stale'
  | 'storage_full'
  | 'too_large'
  | 'unauthenticated'
  | 'unavailable'
  | 'unsupported_media'
  | 'wrong_state';
export type Command =
  | Hello
  | RenewToken
  | SendMessage
  | EditMessage
  | WithdrawMessage
  | Mark
  | Typing
  | Watch
  | Unwatch
  | ReadHistory
  | ListThreads
  | Look;
export type Push =
  | EventPush
  | ThreadPush
  | OrderPush
  | MarksPush
  | TypingPush
  | PresencePush
  | QueuePush
  | NoticePush
  | NoticesReadPush;
export type DeskNews =
  DeskPush | DeskGonePush | NotePush | DeskCountsPush | LookPush | ReturnedPush;
export type Answer = Welcome | Ok | Ack | Failed | Watched | Page | ThreadList;
export type ThreadEvent = Posted | Edited | Withdrawn | StateChanged | Joined;
export type ServerFrame = Push | DeskNews | Answer;

/**
 * Must be the first frame, within 10 s. Answered by `welcome`.
 */
export interface Hello {
  t: 'hello';
  id: number;
  ticket: string;
  epoch?: string;
  known?: Known[];
  locale?: string;
}
/**
 * A fresh ticket, of the same person, before the token of this connection runs out. Answered by `ok`.
 */
export interface RenewToken {
  t: 'token.renew';
  id: number;
  ticket: string;
}
/**
 * Text, photos or both. Answered by `ack` once it is on disk.
 */
export interface SendMessage {
  t: 'message.send';
  id: number;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  /**
   * Names one write of one sender for ever; a UUIDv7 is best. A retry carries it again.
   */
  client_key: string;
  /**
   * Counted in Unicode code points.
   */
  text?: string;
  /**
   * Items: A thing's id: 16 hexadecimal digits.
   */
  photos?: string[];
  /**
   * Place of an event in its thread, from 1.
   */
  reply_to?: number;
  /**
   * What a button of the bot stands for: a person is wanted, or this entry of the FAQ.
   */
  pick?: string;
}
/**
 * The author's new words, within 15 minutes. Answered by `ack`.
 */
export interface EditMessage {
  t: 'message.edit';
  id: number;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  /**
   * Place of an event in its thread, from 1.
   */
  seq: number;
  /**
   * Names one write of one sender for ever; a UUIDv7 is best. A retry carries it again.
   */
  client_key: string;
  /**
   * Counted in Unicode code points.
   */
  text: string;
}
/**
 * The author takes a message back, within 24 hours. Answered by `ack`.
 */
export interface WithdrawMessage {
  t: 'message.withdraw';
  id: number;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  /**
   * Place of an event in its thread, from 1.
   */
  seq: number;
  /**
   * Names one write of one sender for ever; a UUIDv7 is best. A retry carries it again.
   */
  client_key: string;
}
/**
 * At most once a second. No answer when all is well: a mark that is lost is sent again later.
 */
export interface Mark {
  t: 'mark';
  id: number;
  marks: MarkItem[];
}
/**
 * How far this person has come in one thread. Zero leaves a mark as it stands.
 */
export interface MarkItem {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  /**
   * Place of an event in its thread, from 1.
   */
  delivered?: number;
  /**
   * Place of an event in its thread, from 1.
   */
  read?: number;
}
/**
 * This person is typing; say it again every 3 s while it lasts. No answer when all is well.
 */
export interface Typing {
  t: 'typing';
  id: number;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
}
/**
 * This thread is open on the screen: send me its typing and presence. Answered by `watched`.
 */
export interface Watch {
  t: 'watch';
  id: number;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
}
/**
 * The thread was left. Answered by `ok`.
 */
export interface Unwatch {
  t: 'unwatch';
  id: number;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
}
/**
 * A page of events: before a seq, after one, or around one; none of them is the end. Answered by `page`.
 */
export interface ReadHistory {
  t: 'history';
  id: number;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  /**
   * Place of an event in its thread, from 1.
   */
  before?: number;
  /**
   * Place of an event in its thread, from 1.
   */
  after?: number;
  /**
   * Place of an event in its thread, from 1.
   */
  around?: number;
  limit?: number;
}
/**
 * A page of my threads, newest activity first. Answered by `thread_list`.
 */
export interface ListThreads {
  t: 'threads';
  id: number;
  before?: string;
  archived?: boolean;
  limit?: number;
}
/**
 * Of the console: I look at a thread or answer it; say it again every 10 s while it lasts. Answered by `ok`.
 */
export interface Look {
  t: 'look';
  id: number;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  doing: 'answering' | 'left' | 'looking';
}
/**
 * Something happened in one of my threads.
 */
export interface EventPush {
  t: 'event';
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  event: Posted | Edited | Withdrawn | StateChanged | Joined;
}
/**
 * A message. What it says is what it says now: an edit or a withdrawal has already been applied.
 */
export interface Posted {
  kind: 'posted';
  /**
   * Place of an event in its thread, from 1.
   */
  seq: number;
  /**
   * UTC, milliseconds since 1970.
   */
  at: number;
  side: 'bot' | 'customer' | 'shop' | 'staff' | 'system';
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  author?: string;
  text?: string;
  photos?: PhotoView[];
  /**
   * Place of an event in its thread, from 1.
   */
  reply_to?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  edited_at?: number;
  withdrawn?: boolean;
  client_key?: string;
  card?: Card;
  name?: string;
}
/**
 * A stored photo; its bytes are at `/api/v1/photos/{id}/{variant}` for those who may read the thread.
 */
export interface PhotoView {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  width: number;
  height: number;
}
/**
 * What stands below a message of the bot.
 */
export interface Card {
  kind: 'answer' | 'handoff' | 'offer' | 'offline' | 'options' | 'smalltalk';
  entry?: string;
  choices?: Choice[];
  actions?: Action[];
  rates?: boolean;
  helpful?: boolean;
}
/**
 * A button that says something: its label becomes the customer's message, with `pick`.
 */
export interface Choice {
  /**
   * What a button of the bot stands for: a person is wanted, or this entry of the FAQ.
   */
  pick: string;
  label: string;
}
/**
 * A button that opens a screen of this customer; `order` where it is about one.
 */
export interface Action {
  kind:
    | 'confirm_receipt'
    | 'message_seller'
    | 'open_dispute'
    | 'open_settings'
    | 'show_order'
    | 'show_orders';
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  order?: string;
}
/**
 * The message `target` now says `text`.
 */
export interface Edited {
  kind: 'edited';
  /**
   * Place of an event in its thread, from 1.
   */
  seq: number;
  /**
   * UTC, milliseconds since 1970.
   */
  at: number;
  side: 'bot' | 'customer' | 'shop' | 'staff' | 'system';
  /**
   * Place of an event in its thread, from 1.
   */
  target: number;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  author?: string;
  text?: string;
}
/**
 * The message `target` was taken back; a tombstone stays.
 */
export interface Withdrawn {
  kind: 'withdrawn';
  /**
   * Place of an event in its thread, from 1.
   */
  seq: number;
  /**
   * UTC, milliseconds since 1970.
   */
  at: number;
  side: 'bot' | 'customer' | 'shop' | 'staff' | 'system';
  /**
   * Place of an event in its thread, from 1.
   */
  target: number;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  author?: string;
}
/**
 * Something happened to what the thread is about; `code` names it, `params` fill its sentence.
 */
export interface StateChanged {
  kind: 'state';
  /**
   * Place of an event in its thread, from 1.
   */
  seq: number;
  /**
   * UTC, milliseconds since 1970.
   */
  at: number;
  side: 'bot' | 'customer' | 'shop' | 'staff' | 'system';
  code: string;
  params?: {
    [k: string]: string;
  };
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  author?: string;
  text?: string;
}
/**
 * Somebody new takes part.
 */
export interface Joined {
  kind: 'joined';
  /**
   * Place of an event in its thread, from 1.
   */
  seq: number;
  /**
   * UTC, milliseconds since 1970.
   */
  at: number;
  side: 'bot' | 'customer' | 'shop' | 'staff' | 'system';
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  author?: string;
}
/**
 * A thread is new to me, or what I see of it has changed: take this in place of what you hold.
 */
export interface ThreadPush {
  t: 'thread';
  thread: ThreadView;
}
/**
 * One conversation as one person sees it in a list.
 */
export interface ThreadView {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  kind: 'dispute' | 'order' | 'product' | 'support';
  my_side: 'bot' | 'customer' | 'shop' | 'staff' | 'system';
  customer: PersonView;
  /**
   * Place of an event in its thread, from 1.
   */
  last_seq: number;
  /**
   * UTC, milliseconds since 1970.
   */
  last_at: number;
  /**
   * UTC, milliseconds since 1970.
   */
  created_at: number;
  shop?: ShopView;
  product?: ProductView;
  order?: OrderView;
  last?: Posted;
  unread?: number;
  /**
   * Place of an event in its thread, from 1.
   */
  read?: number;
  marks?: SideMark[];
  muted?: boolean;
  archived?: boolean;
  blocked_by?: 'both' | 'me' | 'them';
  can_write?: boolean;
  state?: 'assigned' | 'bot' | 'queued' | 'queued_offline' | 'resolved';
  topic?: string;
  agent?: string;
  csat?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  waiting_since?: number;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  dispute_id?: string;
  /**
   * UTC, milliseconds since 1970.
   */
  shop_away_until?: number;
  answer_due?: AnswerDue;
}
/**
 * All that one party learns of another.
 */
export interface PersonView {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  name: string;
}
/**
 * A shop as everybody may see it.
 */
export interface ShopView {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  name: string;
}
/**
 * What the conversation is about.
 */
export interface ProductView {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  title: string;
  url?: string;
  photo_url?: string;
  price?: Money;
}
/**
 * An amount of money.
 */
export interface Money {
  /**
   * Decimal, never a float.
   */
  amount: string;
  /**
   * ISO 4217.
   */
  currency: string;
}
/**
 * An order as its buyer and its shop see it.
 */
export interface OrderView {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  number: string;
  state: 'cancelled' | 'paid' | 'placed' | 'received' | 'shipped';
  version: number;
  shop: ShopView;
  customer: PersonView;
  lines: OrderLine[];
  total: Money;
  /**
   * UTC, milliseconds since 1970.
   */
  placed_at: number;
  /**
   * UTC, milliseconds since 1970.
   */
  paid_at?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  ship_by?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  shipped_at?: number;
  promised_days?: number;
  carrier?: string;
  tracking?: string;
  /**
   * UTC, milliseconds since 1970.
   */
  protected_until?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  received_at?: number;
  received_by?: 'backend' | 'buyer' | 'timer';
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id?: string;
  can_confirm?: boolean;
}
/**
 * One line of an order.
 */
export interface OrderLine {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  title: string;
  price: Money;
  photo_url?: string;
  quantity?: number;
}
/**
 * How far one side has come: the farthest of its people. Marks never go back.
 */
export interface SideMark {
  side: 'bot' | 'customer' | 'shop' | 'staff' | 'system';
  /**
   * Place of an event in its thread, from 1.
   */
  delivered?: number;
  /**
   * Place of an event in its thread, from 1.
   */
  read?: number;
}
/**
 * Until when an answer is in time, to what waits since then.
 */
export interface AnswerDue {
  /**
   * UTC, milliseconds since 1970.
   */
  since: number;
  /**
   * UTC, milliseconds since 1970.
   */
  at: number;
}
/**
 * An order has a new version.
 */
export interface OrderPush {
  t: 'order';
  order: OrderView;
}
/**
 * How far one side has come in a thread; `read` is there where it is my own mark that moved.
 */
export interface MarksPush {
  t: 'marks';
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  mark: SideMark;
  /**
   * Place of an event in its thread, from 1.
   */
  read?: number;
  unread?: number;
}
/**
 * Somebody of that side is typing; forget it after 5 s.
 */
export interface TypingPush {
  t: 'typing_now';
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  side: 'bot' | 'customer' | 'shop' | 'staff' | 'system';
}
/**
 * The other side of a watched thread came or went.
 */
export interface PresencePush {
  t: 'presence';
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  side: 'bot' | 'customer' | 'shop' | 'staff' | 'system';
  online: boolean;
}
/**
 * Where the customer of a support thread stands in its queue. Sent when it changes.
 */
export interface QueuePush {
  t: 'queue';
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  position: number;
  expected_ms?: number;
}
/**
 * I am told something. May come twice: the second says the same.
 */
export interface NoticePush {
  t: 'notice';
  notice: Notice;
  unread: number;
}
/**
 * Something that happened. Which fields are there depends on the kind.
 */
export interface Notice {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  kind:
    | 'answer_due'
    | 'complaint_due'
    | 'complaint_moved'
    | 'complaint_opened'
    | 'dispute_due'
    | 'dispute_moved'
    | 'dispute_opened'
    | 'rate_asked'
    | 'rate_reminder'
    | 'reply_hidden'
    | 'reply_published'
    | 'reply_refused'
    | 'review_hidden'
    | 'review_published'
    | 'review_refused'
    | 'review_replied'
    | 'shop_rated'
    | 'shop_reviewed';
  /**
   * UTC, milliseconds since 1970.
   */
  at: number;
  read?: boolean;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  shop_id?: string;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  order_id?: string;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  review_id?: string;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  dispute_id?: string;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  complaint_id?: string;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id?: string;
  title?: string;
  shop?: string;
  part?: '' | 'followup' | 'followup_reply' | 'reply' | 'text';
  reason?: string;
  stars?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  until?: number;
  code?: string;
  by?: string;
  state?: string;
}
/**
 * I have read notices, on this device or another.
 */
export interface NoticesReadPush {
  t: 'notices.read';
  side: 'mine' | 'shops';
  unread: number;
}
/**
 * A thread of my teams has moved or is new: take this in place of what you hold.
 */
export interface DeskPush {
  t: 'desk.thread';
  thread: DeskThread;
}
/**
 * A support thread in the lists of the desk. `unread` and `read` are the reader's own, and left out of pushes.
 */
export interface DeskThread {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  /**
   * The one that its writer has seen.
   */
  revision: number;
  state:
    'assigned' | 'bot' | 'queued' | 'queued_offline' | 'resolved' | 'snoozed' | 'waiting_customer';
  customer: CustomerView;
  topic: string;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  team_id: string;
  /**
   * Place of an event in its thread, from 1.
   */
  last_seq: number;
  /**
   * UTC, milliseconds since 1970.
   */
  last_at: number;
  /**
   * UTC, milliseconds since 1970.
   */
  created_at: number;
  /**
   * Place of an event in its thread, from 1.
   */
  note_seq?: number;
  agent?: PersonView;
  last_agent?: PersonView;
  /**
   * -1 low, 0 normal, 1 high, 2 urgent.
   */
  priority?: number;
  labels?: string[];
  last?: Posted;
  /**
   * UTC, milliseconds since 1970.
   */
  waiting_since?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  queued_at?: number;
  queue_key?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  assigned_at?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  wake_at?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  resolved_at?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  first_due?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  resolve_due?: number;
  csat?: number;
  unread?: number;
  /**
   * Place of an event in its thread, from 1.
   */
  read?: number;
}
/**
 * Who asks. A visitor has no name.
 */
export interface CustomerView {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  name: string;
  kind: 'customer' | 'visitor';
  locale: string;
  zone: string;
  country?: string;
  sells?: boolean;
}
/**
 * A thread has left this team.
 */
export interface DeskGonePush {
  t: 'desk.gone';
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  team_id: string;
}
/**
 * A private note was written.
 */
export interface NotePush {
  t: 'desk.note';
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  note: Note;
}
/**
 * What an agent told the others. Ordered by `after_seq` among the events, and by `note_seq` among notes.
 */
export interface Note {
  /**
   * Place of an event in its thread, from 1.
   */
  note_seq: number;
  /**
   * Place of an event in its thread, from 1.
   */
  after_seq: number;
  /**
   * UTC, milliseconds since 1970.
   */
  at: number;
  author: PersonView;
  text: string;
  /**
   * Items: A thing's id: 16 hexadecimal digits.
   */
  mentions?: string[];
}
/**
 * The numbers beside the lists, at most once a second.
 */
export interface DeskCountsPush {
  t: 'desk.counts';
  counts: DeskCounts;
}
/**
 * The numbers beside the lists.
 */
export interface DeskCounts {
  teams: TeamCounts[];
  agents: AgentLoad[];
}
/**
 * How many threads a team has.
 */
export interface TeamCounts {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  team_id: string;
  unassigned?: number;
  open?: number;
  snoozed?: number;
  waiting?: number;
  is_open?: boolean;
  /**
   * UTC, milliseconds since 1970.
   */
  next_opening?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  next_closing?: number;
}
/**
 * Somebody who works here, and how busy he is.
 */
export interface AgentLoad {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  name: string;
  availability: 'away' | 'holiday' | 'online';
  connected: boolean;
  load?: number;
  open?: number;
  capacity?: number;
  /**
   * Items: A thing's id: 16 hexadecimal digits.
   */
  teams?: string[];
  supervises?: boolean;
}
/**
 * A colleague looks at a thread or answers it; forget it after 25 s.
 */
export interface LookPush {
  t: 'desk.look';
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  agent: PersonView;
  doing: 'answering' | 'left' | 'looking';
}
/**
 * A thread was taken from me: I let it wait, or was gone. `away`: I was set to away.
 */
export interface ReturnedPush {
  t: 'desk.returned';
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  away?: boolean;
}
/**
 * The connection is open. `threads` is the first page; `sync` what was missed in the known ones.
 */
export interface Welcome {
  t: 'welcome';
  id: number;
  epoch: string;
  /**
   * UTC, milliseconds since 1970.
   */
  now: number;
  me: PersonView;
  limits: Limits;
  threads: ThreadView[];
  sync?: ThreadSync[];
  /**
   * Items: A thing's id: 16 hexadecimal digits.
   */
  gone?: string[];
  reload?: boolean;
  next?: string;
  shops?: ShopView[];
  unread?: number;
  notices?: number;
  shop_notices?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  expires_at?: number;
}
/**
 * The numbers that a client needs to behave.
 */
export interface Limits {
  text: number;
  photos: number;
  photo_bytes: number;
  edit_ms: number;
  withdraw_ms: number;
}
/**
 * What a client that was away has missed in one thread.
 */
export interface ThreadSync {
  thread: ThreadView;
  events: (Posted | Edited | Withdrawn | StateChanged | Joined)[];
  reset?: boolean;
}
/**
 * Done.
 */
export interface Ok {
  t: 'ok';
  id: number;
}
/**
 * Committed and synced to disk under this `seq`. A repeated client key gets the first answer again.
 */
export interface Ack {
  t: 'ack';
  id: number;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  /**
   * Place of an event in its thread, from 1.
   */
  seq: number;
  /**
   * UTC, milliseconds since 1970.
   */
  at: number;
  contacts?: boolean;
  text?: string;
}
/**
 * Refused; nothing was stored. Without `id`: about the connection.
 */
export interface Failed {
  t: 'error';
  code: ErrorCode;
  message: string;
  id?: number;
  retryable?: boolean;
  retry_after_ms?: number;
  reason?: string;
}
/**
 * The other side's presence now.
 */
export interface Watched {
  t: 'watched';
  id: number;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  online?: boolean;
  position?: number;
  expected_ms?: number;
}
/**
 * Events in rising order.
 */
export interface Page {
  t: 'page';
  id: number;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  events: (Posted | Edited | Withdrawn | StateChanged | Joined)[];
  marks: SideMark[];
  more_before?: boolean;
  more_after?: boolean;
}
/**
 * A page of threads; `next` is empty at the end.
 */
export interface ThreadList {
  t: 'thread_list';
  id: number;
  threads: ThreadView[];
  next?: string;
}
/**
 * For which seller a link into the inbox is wanted.
 */
export interface AskInboxLink {
  /**
   * The marketplace's own id of a thing.
   */
  person: string;
}
/**
 * How the bot's turns of one day (UTC) ended.
 */
export interface BotDay {
  /**
   * UTC, milliseconds since 1970.
   */
  at: number;
  answers?: number;
  options?: number;
  misses?: number;
  smalltalk?: number;
  handoffs?: number;
  helped?: number;
  not_helped?: number;
}
/**
 * How often an entry was the answer.
 */
export interface BotEntryFigures {
  entry: string;
  answers: number;
  helped: number;
  not_helped: number;
}
/**
 * How the bot does: by day, by entry, by language.
 */
export interface BotFigures {
  days: BotDay[];
  entries: BotEntryFigures[];
  languages: BotLanguage[];
  talks: number;
  handed_off: number;
  taken: number;
}
/**
 * How questions of one language ended.
 */
export interface BotLanguage {
  language: string;
  turns: number;
  answered: number;
}
/**
 * New words for an own message.
 */
export interface ChangeMessage {
  /**
   * Names one write of one sender for ever; a UUIDv7 is best. A retry carries it again.
   */
  client_key: string;
  /**
   * Counted in Unicode code points.
   */
  text: string;
}
/**
 * The buyer, or the backend, says that the goods are there.
 */
export interface ConfirmReceipt {
  /**
   * Names one write of one sender for ever; a UUIDv7 is best. A retry carries it again.
   */
  client_key: string;
  withdraw_dispute?: boolean;
}
/**
 * These need no entry.
 */
export interface DismissTurns {
  turns: TurnRef[];
}
/**
 * Something that the bot said.
 */
export interface TurnRef {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  /**
   * Place of an event in its thread, from 1.
   */
  seq: number;
}
/**
 * Events in rising order, and the marks.
 */
export interface EventPage {
  events: (Posted | Edited | Withdrawn | StateChanged | Joined)[];
  marks: SideMark[];
  more_before?: boolean;
  more_after?: boolean;
}
/**
 * Questions that mean much the same and had no answer that helped.
 */
export interface FaqCluster {
  count: number;
  unhelpful: number;
  examples: string[];
  language: string;
  nearest: string;
  /**
   * UTC, milliseconds since 1970.
   */
  last_at: number;
  turns: TurnRef[];
}
/**
 * An entry as it is now, or as it is after a change; `mistakes` are advice.
 */
export interface FaqDraft {
  entry: FaqEntry;
  revision: number;
  mistakes?: string[];
}
/**
 * An entry of the FAQ in all its languages.
 */
export interface FaqEntry {
  id: string;
  group: string;
  wordings: {
    [k: string]: FaqWording;
  };
  related?: string[];
  actions?: string[];
  needs_order?: boolean;
  ask_human?: boolean;
}
/**
 * An entry of the FAQ in one language.
 */
export interface FaqWording {
  question: string;
  answer: string;
  phrasings?: string[];
}
/**
 * An entry in a list.
 */
export interface FaqHead {
  id: string;
  group: string;
  questions: {
    [k: string]: string;
  };
  revision: number;
  removed?: boolean;
  /**
   * UTC, milliseconds since 1970.
   */
  changed_at?: number;
  changed_by?: string;
}
/**
 * Newest first, down to what is shipped.
 */
export interface FaqHistory {
  revisions: FaqRevision[];
}
/**
 * An entry as it was; without `entry`, it was removed.
 */
export interface FaqRevision {
  revision: number;
  /**
   * UTC, milliseconds since 1970.
   */
  at: number;
  by?: string;
  entry?: FaqEntry;
}
/**
 * The entries that an import has changed.
 */
export interface FaqImported {
  changed: string[];
}
/**
 * An entry of the FAQ as it is pointed to.
 */
export interface FaqLink {
  entry: string;
  question: string;
}
/**
 * Entries, the likeliest first.
 */
export interface FaqLinks {
  links: FaqLink[];
}
/**
 * The revision that an entry has now that it is removed.
 */
export interface FaqRemoved {
  revision: number;
}
/**
 * Something with its weight.
 */
export interface FaqScore {
  name: string;
  score: number;
}
/**
 * All entries, and what an entry may be made of.
 */
export interface FaqShelf {
  entries: FaqHead[];
  groups: string[];
  actions: string[];
  placeholders: string[];
  languages: string[];
}
/**
 * What the bot would say, and why.
 */
export interface FaqTried {
  outcome: 'answer' | 'handoff' | 'miss' | 'options' | 'smalltalk';
  entry: string;
  text: string;
  language: string;
  probability: number;
  answers_from: number;
  offers_from: number;
  ranking: FaqScore[];
  reasons: FaqScore[];
  repaired: {
    [k: string]: string;
  };
  matched: string;
  rule: string;
}
/**
 * Whether an answer of the bot helped.
 */
export interface Feedback {
  helpful: boolean;
}
/**
 * Says nothing but whether all is well.
 */
export interface Health {
  status: 'draining' | 'ok' | 'starting' | 'unavailable';
}
/**
 * Opens the inbox once, within 60 s.
 */
export interface InboxLink {
  url: string;
  /**
   * UTC, milliseconds since 1970.
   */
  expires_at: number;
}
/**
 * Who I am here.
 */
export interface Me {
  person: PersonView;
  shops: ShopView[];
  epoch: string;
  locale: string;
}
/**
 * The conversation that this device had before its buyer signed in.
 */
export interface MergeVisitor {
  token: string;
}
/**
 * The secret part of an inbox link.
 */
export interface OpenInbox {
  token: string;
}
/**
 * Opening what exists returns it. Exactly one of `product`, `order` (their ids or the marketplace's), `support`.
 */
export interface OpenThread {
  product?: string;
  order?: string;
  /**
   * What support is asked about: `help`.
   */
  support?: string;
}
/**
 * Somebody who is not signed in wishes to talk to support.
 */
export interface OpenVisitor {
  locale?: string;
  /**
   * IANA time zone.
   */
  zone?: string;
}
/**
 * Orders, newest first; `next` goes into `before`.
 */
export interface OrderPage {
  orders: OrderView[];
  next?: string;
}
/**
 * A message, as `message.send` on the socket.
 */
export interface PostMessage {
  /**
   * Names one write of one sender for ever; a UUIDv7 is best. A retry carries it again.
   */
  client_key: string;
  /**
   * Counted in Unicode code points.
   */
  text?: string;
  /**
   * Items: A thing's id: 16 hexadecimal digits.
   */
  photos?: string[];
  /**
   * Place of an event in its thread, from 1.
   */
  reply_to?: number;
  /**
   * What a button of the bot stands for: a person is wanted, or this entry of the FAQ.
   */
  pick?: string;
}
/**
 * The place of a write in its thread; a retry gets the same.
 */
export interface Posted201 {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  /**
   * Place of an event in its thread, from 1.
   */
  seq: number;
  /**
   * UTC, milliseconds since 1970.
   */
  at: number;
  contacts?: boolean;
  text?: string;
}
/**
 * RFC 9457, `application/problem+json`.
 */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  detail: string;
  request_id?: string;
  retryable?: boolean;
  retry_after_ms?: number;
  reason?: string;
  hint?: string;
  dispute?: DisputeView;
  complaint?: ComplaintView;
}
/**
 * A dispute as its parties see it.
 */
export interface DisputeView {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  state:
    | 'awaiting_return'
    | 'buyer_turn'
    | 'closed_no_refund'
    | 'mediation'
    | 'refund_pending'
    | 'refunded'
    | 'return_in_transit'
    | 'seller_turn'
    | 'withdrawn';
  revision: number;
  reason: 'damaged' | 'incomplete' | 'not_as_described' | 'not_received' | 'quality' | 'wrong_item';
  my_side: 'buyer' | 'mediator' | 'seller';
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  order_id: string;
  order_number: string;
  line: DisputeLine;
  buyer: PersonView;
  shop: ShopView;
  /**
   * UTC, milliseconds since 1970.
   */
  opened_at: number;
  asked: RemedyView;
  wish: RemedyView;
  acts: (
    | 'accept'
    | 'address'
    | 'agree'
    | 'contest'
    | 'counter'
    | 'decide'
    | 'escalate'
    | 'evidence'
    | 'propose'
    | 'receive'
    | 'reject'
    | 'reopen'
    | 'ship'
    | 'take'
    | 'withdraw'
  )[];
  waits_for?: 'backend' | 'buyer' | 'mediator' | 'seller' | 'timer';
  /**
   * UTC, milliseconds since 1970.
   */
  due_at?: number;
  then?: '' | 'as_asked' | 'mediation' | 'no_refund' | 'refund' | 'refund_without_return';
  /**
   * UTC, milliseconds since 1970.
   */
  escalate_from?: number;
  offer?: RemedyView;
  proposal?: RemedyView;
  agreed?: 'backend' | 'buyer' | 'mediator' | 'seller' | 'timer';
  remedy?: RemedyView;
  decided_by?: 'backend' | 'buyer' | 'mediator' | 'seller' | 'timer';
  decision?: string;
  returning?: ReturnView;
  evidence?: EvidenceView[];
  /**
   * UTC, milliseconds since 1970.
   */
  refund_asked_at?: number;
  refund_failed?: string;
  /**
   * UTC, milliseconds since 1970.
   */
  closed_at?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  reopen_until?: number;
  mediated?: boolean;
  free_return?: boolean;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  mediator_id?: string;
}
/**
 * What the dispute is about.
 */
export interface DisputeLine {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  title: string;
  photo_url: string;
  paid: Money;
  refundable: Money;
}
/**
 * What is asked, offered or decided.
 */
export interface RemedyView {
  kind: 'full' | 'none' | 'partial' | 'return';
  amount?: Money;
}
/**
 * Goods on their way back.
 */
export interface ReturnView {
  address?: string;
  carrier?: string;
  tracking?: string;
  contested?: boolean;
  free?: boolean;
}
/**
 * Something that a party put in: a copy, which stays whatever becomes of the original.
 */
export interface EvidenceView {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  by: 'backend' | 'buyer' | 'mediator' | 'seller' | 'timer';
  /**
   * UTC, milliseconds since 1970.
   */
  at: number;
  kind: 'message' | 'photo' | 'text';
  sha256: string;
  text?: string;
  width?: number;
  height?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  said_at?: number;
  said_by?: 'backend' | 'buyer' | 'mediator' | 'seller' | 'timer';
}
/**
 * A complaint as its parties and mediators see it.
 */
export interface ComplaintView {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  state:
    | 'answered'
    | 'rejected'
    | 'seller_notified'
    | 'solved'
    | 'under_review'
    | 'upheld'
    | 'withdrawn';
  revision: number;
  my_side: 'buyer' | 'mediator' | 'seller';
  buyer: PersonView;
  shop: ShopView;
  about: string;
  /**
   * UTC, milliseconds since 1970.
   */
  opened_at: number;
  text: string;
  messages: UnansweredMessage[];
  waited_ms: number;
  response: ResponseFigure;
  acts: ('answer' | 'not_solved' | 'reject' | 'uphold' | 'withdraw')[];
  hours?: ShopHours;
  waits_for?: 'buyer' | 'mediator' | 'seller';
  /**
   * UTC, milliseconds since 1970.
   */
  due_at?: number;
  then?: '' | 'solved' | 'under_review';
  answer?: string;
  /**
   * UTC, milliseconds since 1970.
   */
  answered_at?: number;
  not_solved?: string;
  decision?: string;
  /**
   * UTC, milliseconds since 1970.
   */
  closed_at?: number;
  may_look?: boolean;
}
/**
 * Something that a buyer wrote and that waits for an answer.
 */
export interface UnansweredMessage {
  seq: number;
  /**
   * UTC, milliseconds since 1970.
   */
  at: number;
  text: string;
  photos?: number;
}
/**
 * How a shop answers. Without `per_mille` too few openings count for a figure.
 */
export interface ResponseFigure {
  per_mille: number | null;
  median_ms: number | null;
  counted: number;
}
/**
 * When a shop's people are there, as they say it.
 */
export interface ShopHours {
  zone: string;
  windows: HoursWindow[];
  holidays: Holiday[];
  auto_reply: string;
  revision: number;
  days_left: number;
  /**
   * UTC, milliseconds since 1970.
   */
  away_until?: number;
}
/**
 * Opens on every such weekday, 0 being Monday; it may run past midnight.
 */
export interface HoursWindow {
  weekday: number;
  /**
   * Minutes after midnight on the wall.
   */
  opens: number;
  minutes: number;
}
/**
 * Days on which a shop is away, the first and the last among them, in its own zone.
 */
export interface Holiday {
  first: string;
  last: string;
}
/**
 * Whether my side wishes to hear from the other side of this thread's pair.
 */
export interface PutBlock {
  blocked: boolean;
}
/**
 * A change of the revision that its writer has seen; 0 for what is shipped and for a new entry.
 */
export interface PutFaqEntry {
  entry: FaqEntry;
  revision: number;
  settles?: TurnRef[];
}
/**
 * How far I have come.
 */
export interface PutMarks {
  /**
   * Place of an event in its thread, from 1.
   */
  delivered?: number;
  /**
   * Place of an event in its thread, from 1.
   */
  read?: number;
}
/**
 * An order, whole: what is left out has its default. Buyer and shop never change; states go only forward.
 */
export interface PutOrder {
  /**
   * The marketplace's own id of a thing.
   */
  buyer: string;
  /**
   * The marketplace's own id of a thing.
   */
  shop: string;
  state: 'cancelled' | 'paid' | 'placed' | 'received' | 'shipped';
  /**
   * Rises with each change; an older one changes nothing.
   */
  version: number;
  lines: PutOrderLine[];
  total: Money;
  /**
   * UTC, milliseconds since 1970.
   */
  placed_at: number;
  /**
   * UTC, milliseconds since 1970.
   */
  paid_at?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  ship_by?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  shipped_at?: number;
  promised_days?: number;
  carrier?: string;
  tracking?: string;
  /**
   * UTC, milliseconds since 1970.
   */
  protected_until?: number;
  free_return?: boolean;
  refunds?: PutRefund[];
}
/**
 * One line; its key never changes.
 */
export interface PutOrderLine {
  /**
   * The marketplace's own id of a thing.
   */
  key: string;
  title: string;
  price: Money;
  photo_url?: string;
  quantity?: number;
  /**
   * The marketplace's own id of a thing.
   */
  product?: string;
}
/**
 * Money given back elsewhere.
 */
export interface PutRefund {
  /**
   * The marketplace's own id of a thing.
   */
  key: string;
  /**
   * The marketplace's own id of a thing.
   */
  line: string;
  amount: Money;
  reason?: '' | 'not_received';
}
/**
 * The one that holds, and the one that is to hold.
 */
export interface PutPassword {
  old: string;
  new: string;
}
/**
 * Somebody who buys, sells, or both.
 */
export interface PutPerson {
  name: string;
  /**
   * Rises with each change; an older one changes nothing.
   */
  version: number;
  locale?: string;
  /**
   * IANA time zone.
   */
  zone?: string;
  country?: string;
}
/**
 * A product of a shop. The shop of a product never changes.
 */
export interface PutProduct {
  /**
   * The marketplace's own id of a thing.
   */
  shop: string;
  title: string;
  /**
   * Rises with each change; an older one changes nothing.
   */
  version: number;
  url?: string;
  photo_url?: string;
  price?: Money;
}
/**
 * A shop and all of its people; who is not named is no longer a member.
 */
export interface PutShop {
  name: string;
  /**
   * Rises with each change; an older one changes nothing.
   */
  version: number;
  /**
   * Items: The marketplace's own id of a thing.
   */
  members?: string[];
}
/**
 * My own settings for a thread; what is left out stays.
 */
export interface PutThreadSettings {
  muted?: boolean;
  archived?: boolean;
}
/**
 * How the customer found it, once an episode; again changes it within a day.
 */
export interface RateSupport {
  score: number;
  comment?: string;
}
/**
 * A message that a moderator should see.
 */
export interface ReportBody {
  /**
   * Names one write of one sender for ever; a UUIDv7 is best. A retry carries it again.
   */
  client_key: string;
  reason: 'fraud' | 'insult' | 'other' | 'personal_data' | 'spam';
  text?: string;
}
/**
 * Found messages, newest first; `next` goes into `before`.
 */
export interface SearchPage {
  hits: SearchHit[];
  next?: string;
}
/**
 * A message that was found, and the thread that it stands in.
 */
export interface SearchHit {
  thread: ThreadView;
  message: Posted;
}
/**
 * Of an agent or supervisor.
 */
export interface SignIn {
  email: string;
  password: string;
}
/**
 * Who I am in the console.
 */
export interface StaffMe {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  name: string;
  email: string;
  role: 'agent' | 'supervisor';
  locale: string;
  permissions: ('mediate' | 'moderate')[];
}
/**
 * What stands after a PUT. `applied` is false where the version was not newer.
 */
export interface Stands {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  version: number;
  applied: boolean;
}
/**
 * A photo that waits up to 24 h to be posted.
 */
export interface Stored {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  width: number;
  height: number;
}
/**
 * Whether people answer now, in a sentence and in numbers.
 */
export interface SupportStatus {
  open: boolean;
  text: string;
  bot: boolean;
  mail?: boolean;
  /**
   * UTC, milliseconds since 1970.
   */
  next_opening?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  next_closing?: number;
}
/**
 * Threads, newest activity first; `next` goes into `before`, and is empty at the end.
 */
export interface ThreadPage {
  threads: ThreadView[];
  next?: string;
}
/**
 * For the `hello` of one socket, once, within 30 s.
 */
export interface Ticket {
  ticket: string;
  /**
   * UTC, milliseconds since 1970.
   */
  expires_at: number;
}
/**
 * A question to see what the bot would say.
 */
export interface TryFaq {
  question: string;
  language?: string;
}
/**
 * The most asked first.
 */
export interface Unanswered {
  clusters: FaqCluster[];
}
/**
 * Back to an earlier revision.
 */
export interface UndoFaq {
  to: number;
  revision: number;
}
/**
 * Unread messages in threads that are neither muted nor archived, and in how many threads.
 */
export interface Unread {
  messages: number;
  threads: number;
}
/**
 * Who he is from now on, and the secret by which he proves it: `Authorization: Visitor TOKEN`.
 */
export interface Visitor {
  token: string;
  person: PersonView;
}
/**
 * Takes an own message back.
 */
export interface WithdrawBody {
  /**
   * Names one write of one sender for ever; a UUIDv7 is best. A retry carries it again.
   */
  client_key: string;
}
/**
 * Whether a buyer may complain about a conversation now, with all that a complaint will say.
 */
export interface ComplaintOptions {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  shop: ShopView;
  allowed: boolean;
  reason?: '' | 'answered' | 'early' | 'kind' | 'open' | 'week';
  /**
   * UTC, milliseconds since 1970.
   */
  allowed_from?: number;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  complaint_id?: string;
  messages?: UnansweredMessage[];
  waited_ms?: number;
  response?: ResponseFigure;
  hours?: ShopHours;
}
/**
 * A page: open ones by what is due first, then the others, newest first; `next` goes into `before`.
 */
export interface ComplaintPage {
  complaints: ComplaintView[];
  next?: string;
}
/**
 * What mediators have to do.
 */
export interface ComplaintQueue {
  complaints: ComplaintView[];
  counts: {
    [k: string]: number;
  };
  /**
   * UTC, milliseconds since 1970.
   */
  now: number;
  next?: string;
}
/**
 * A buyer's message that began to wait for an answer, and what became of it in the figure.
 */
export interface CountedOpening {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  seq: number;
  /**
   * UTC, milliseconds since 1970.
   */
  at: number;
  about: string;
  buyer: PersonView;
  fate: 'in_time' | 'late' | 'spam' | 'unanswered' | 'waiting' | 'withdrawn';
  /**
   * UTC, milliseconds since 1970.
   */
  answered_at?: number;
  took_ms?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  due_at?: number;
}
/**
 * A shop of which three complaints in 90 days were upheld.
 */
export interface FlaggedShop {
  shop: ShopView;
  upheld: number;
  /**
   * UTC, milliseconds since 1970.
   */
  since: number;
  /**
   * UTC, milliseconds since 1970.
   */
  until: number;
  response: ResponseFigure;
}
/**
 * Those that are flagged now, newest first.
 */
export interface FlaggedShops {
  shops: FlaggedShop[];
}
/**
 * One step, as the complaint was seen. An answer, a "not solved" and a decision need words.
 */
export interface MoveComplaint {
  /**
   * Names one write of one sender for ever; a UUIDv7 is best. A retry carries it again.
   */
  client_key: string;
  act: 'answer' | 'not_solved' | 'reject' | 'uphold' | 'withdraw';
  revision: number;
  /**
   * Counted in Unicode code points.
   */
  text?: string;
}
/**
 * Complains that the shop does not answer in this conversation.
 */
export interface OpenComplaint {
  /**
   * Names one write of one sender for ever; a UUIDv7 is best. A retry carries it again.
   */
  client_key: string;
  /**
   * Counted in Unicode code points.
   */
  text?: string;
}
/**
 * The same as its people wish it. Of a holiday that has begun the days that are over stay.
 */
export interface PutShopHours {
  zone: string;
  windows?: HoursWindow[];
  holidays?: Holiday[];
  auto_reply?: string;
  revision?: number;
}
/**
 * A buyer's message that was reported.
 */
export interface ReportedMessage {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  report_id: string;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  seq: number;
  text: string;
  /**
   * UTC, milliseconds since 1970.
   */
  at: number;
  buyer: PersonView;
  shop: ShopView;
  reporter: PersonView;
  reason: string;
  words: string;
  /**
   * UTC, milliseconds since 1970.
   */
  reported_at: number;
  spam?: boolean;
}
/**
 * Those that nobody has looked at first, newest first.
 */
export interface ReportedMessages {
  reports: ReportedMessage[];
}
/**
 * Where the figure comes from, to the last opening, newest first.
 */
export interface ResponseExplained {
  figure: ResponseFigure;
  basis: '30_days' | 'last_10';
  needed: number;
  openings: CountedOpening[];
  /**
   * UTC, milliseconds since 1970.
   */
  flagged_until?: number;
}
/**
 * Whether a reported message is spam: then the shop need not have answered it.
 */
export interface SettleReport {
  spam: boolean;
}
/**
 * To an agent of the thread's team, or of the team that is named.
 */
export interface Assign {
  move: 'assign';
  /**
   * The one that its writer has seen.
   */
  revision: number;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  agent: string;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  team?: string;
  /**
   * Counted in Unicode code points.
   */
  note?: string;
}
/**
 * What the bot made of a question.
 */
export interface Attempt {
  /**
   * Place of an event in its thread, from 1.
   */
  seq: number;
  /**
   * UTC, milliseconds since 1970.
   */
  at: number;
  question: string;
  outcome: 'answer' | 'handoff' | 'miss' | 'options' | 'smalltalk';
  entry: string;
  entry_question: string;
  runner_up: string;
  probability: number;
  helpful?: boolean;
}
/**
 * A text that is said often: `{customer}`, `{agent}`, `{order}` in it are filled in by the console.
 */
export interface CannedReply {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  shortcut: string;
  title: string;
  texts: {
    [k: string]: string;
  };
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  team_id?: string;
  /**
   * The one that its writer has seen.
   */
  revision?: number;
}
/**
 * I take it. Refused as `taken` where somebody has it.
 */
export interface Claim {
  move: 'claim';
  /**
   * The one that its writer has seen.
   */
  revision: number;
}
/**
 * What an agent wants to know beside the thread.
 */
export interface DeskContext {
  customer: CustomerView;
  email?: string;
  orders?: OrderView[];
  threads?: DeskThread[];
  attempts?: Attempt[];
  episodes?: EpisodeView[];
}
/**
 * One run of a thread with people.
 */
export interface EpisodeView {
  number: number;
  /**
   * UTC, milliseconds since 1970.
   */
  asked_at: number;
  cause: 'again' | 'direct' | 'taken' | 'wish';
  /**
   * UTC, milliseconds since 1970.
   */
  answered_at?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  resolved_at?: number;
  agent?: PersonView;
  csat?: number;
  comment?: string;
}
/**
 * A message that was found, and its thread.
 */
export interface DeskHit {
  thread: DeskThread;
  message: Posted;
}
/**
 * Found messages, newest first; `next` goes into `before`.
 */
export interface DeskHits {
  hits: DeskHit[];
  next?: string;
}
/**
 * Notes of a thread, oldest first.
 */
export interface DeskNotes {
  notes: Note[];
}
/**
 * Threads in the order of the list; `next` goes into `before`, and is empty at the end.
 */
export interface DeskPage {
  threads: DeskThread[];
  next?: string;
}
/**
 * All that the console needs before its first list.
 */
export interface DeskStart {
  me: AgentLoad;
  teams: Team[];
  all_teams: Team[];
  counts: DeskCounts;
  labels: Label[];
  canned: CannedReply[];
  macros: Macro[];
  /**
   * UTC, milliseconds since 1970.
   */
  now: number;
}
/**
 * Those who answer together.
 */
export interface Team {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  name: string;
  zone: string;
}
/**
 * A mark of a thread.
 */
export interface Label {
  slug: string;
  name: string;
  color: string;
}
/**
 * Actions that are done together, in order; the first that fails ends it.
 */
export interface Macro {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  name: string;
  steps: MacroStep[];
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  team_id?: string;
  /**
   * The one that its writer has seen.
   */
  revision?: number;
}
/**
 * One action of a macro; `value` is a text, a slug, a priority, an id or minutes, as its kind has it.
 */
export interface MacroStep {
  kind:
    | 'assign'
    | 'label'
    | 'note'
    | 'priority'
    | 'reply'
    | 'resolve'
    | 'snooze'
    | 'transfer'
    | 'unlabel';
  value?: string;
}
/**
 * To the bot.
 */
export interface GiveBack {
  move: 'give_back';
  /**
   * The one that its writer has seen.
   */
  revision: number;
  /**
   * Counted in Unicode code points.
   */
  note?: string;
}
/**
 * Marks of a thread; what is left out stays.
 */
export interface PatchThread {
  /**
   * The one that its writer has seen.
   */
  revision: number;
  /**
   * -1 low, 0 normal, 1 high, 2 urgent.
   */
  priority?: number;
  labels?: string[];
}
/**
 * A private note.
 */
export interface PostNote {
  /**
   * Names one write of one sender for ever; a UUIDv7 is best. A retry carries it again.
   */
  client_key: string;
  text: string;
  /**
   * Items: A thing's id: 16 hexadecimal digits.
   */
  mentions?: string[];
}
/**
 * Whether I wish to be given threads.
 */
export interface PutAvailability {
  availability: 'away' | 'holiday' | 'online';
}
/**
 * Not done after all: to me.
 */
export interface Reopen {
  move: 'reopen';
  /**
   * The one that its writer has seen.
   */
  revision: number;
}
/**
 * Done. `stale` where the customer has written more than up to `seen`, which the agent did not see.
 */
export interface Resolve {
  move: 'resolve';
  /**
   * The one that its writer has seen.
   */
  revision: number;
  /**
   * Place of an event in its thread, from 1.
   */
  seen: number;
}
/**
 * Until an instant, or until the customer writes.
 */
export interface Snooze {
  move: 'snooze';
  /**
   * The one that its writer has seen.
   */
  revision: number;
  /**
   * UTC, milliseconds since 1970.
   */
  until: number;
}
/**
 * To the queue of a team.
 */
export interface Transfer {
  move: 'transfer';
  /**
   * The one that its writer has seen.
   */
  revision: number;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  team: string;
  /**
   * Counted in Unicode code points.
   */
  note?: string;
}
/**
 * Now.
 */
export interface Wake {
  move: 'wake';
  /**
   * The one that its writer has seen.
   */
  revision: number;
}
/**
 * What belongs to a case beside the dispute itself.
 */
export interface CaseContext {
  order: OrderView;
  threads: CaseThread[];
  buyer_disputes: number;
  shop_disputes: number;
  mediator?: PersonView;
  has_served?: boolean;
}
/**
 * A conversation of the two about this order or its product, which a mediator may look at.
 */
export interface CaseThread {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  kind: 'dispute' | 'order' | 'product';
  title: string;
  messages: number;
}
/**
 * What may be said of a line now, for the guided opening.
 */
export interface DisputeOptions {
  line: DisputeLine;
  reasons: ReasonOption[];
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  dispute_id?: string;
  may_reopen?: boolean;
  free_return?: boolean;
  has_messages?: boolean;
  /**
   * UTC, milliseconds since 1970.
   */
  not_received_from?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  until?: number;
}
/**
 * A reason, what may be wished for it, and whether photos are needed.
 */
export interface ReasonOption {
  reason: 'damaged' | 'incomplete' | 'not_as_described' | 'not_received' | 'quality' | 'wrong_item';
  wishes: ('full' | 'partial' | 'return')[];
  photos_needed: boolean;
}
/**
 * Disputes: those that wait for me first, by what is due first; then the others, newest first.
 */
export interface DisputePage {
  disputes: DisputeView[];
  next?: string;
}
/**
 * What mediators have to do, by what is due first.
 */
export interface DocketPage {
  disputes: DisputeView[];
  counts: {
    [k: string]: number;
  };
  /**
   * UTC, milliseconds since 1970.
   */
  now: number;
  next?: string;
}
/**
 * What comes with a move: words, photos that were uploaded, messages of the order's thread by their `seq`.
 */
export interface EvidenceBody {
  /**
   * Counted in Unicode code points.
   */
  text?: string;
  /**
   * Items: A thing's id: 16 hexadecimal digits.
   */
  photos?: string[];
  messages?: number[];
}
/**
 * Words of a mediator to both parties of his case.
 */
export interface MediatorSays {
  /**
   * Names one write of one sender for ever; a UUIDv7 is best. A retry carries it again.
   */
  client_key: string;
  /**
   * Counted in Unicode code points.
   */
  text: string;
}
/**
 * One step, as the dispute was seen. `If-Match: "<revision>"` may stand in the place of `revision`.
 */
export interface MoveDispute {
  /**
   * Names one write of one sender for ever; a UUIDv7 is best. A retry carries it again.
   */
  client_key: string;
  act:
    | 'accept'
    | 'address'
    | 'agree'
    | 'contest'
    | 'counter'
    | 'decide'
    | 'escalate'
    | 'evidence'
    | 'propose'
    | 'receive'
    | 'reject'
    | 'reopen'
    | 'ship'
    | 'take'
    | 'withdraw';
  revision?: number;
  wish?: WishBody;
  evidence?: EvidenceBody;
  carrier?: string;
  tracking?: string;
}
/**
 * What is wished or offered; the amount of a part.
 */
export interface WishBody {
  kind: 'full' | 'none' | 'partial' | 'return';
  amount?: Money;
}
/**
 * Opens a dispute about a line of my order.
 */
export interface OpenDispute {
  /**
   * Names one write of one sender for ever; a UUIDv7 is best. A retry carries it again.
   */
  client_key: string;
  reason: 'damaged' | 'incomplete' | 'not_as_described' | 'not_received' | 'quality' | 'wrong_item';
  wish: WishBody;
  evidence: EvidenceBody;
}
/**
 * A refund that the marketplace's backend is to make.
 */
export interface RefundAsked {
  key: string;
  order: string;
  line: string;
  amount: Money;
  /**
   * UTC, milliseconds since 1970.
   */
  asked_at: number;
  state: 'failed' | 'paid' | 'pending';
  reason: 'damaged' | 'incomplete' | 'not_as_described' | 'not_received' | 'quality' | 'wrong_item';
}
/**
 * Refunds that wait, oldest first.
 */
export interface RefundsAsked {
  refunds: RefundAsked[];
}
/**
 * What became of it. Said again, it changes nothing.
 */
export interface TellRefund {
  state: 'failed' | 'paid';
  amount?: Money;
  /**
   * Counted in Unicode code points.
   */
  reason?: string;
}
/**
 * A page, newest first; `next` goes into `before`.
 */
export interface NoticePage {
  notices: Notice[];
  unread: number;
  next?: string;
}
/**
 * I have seen all notices up to this one.
 */
export interface ReadNotices {
  side: 'mine' | 'shops';
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  until: string;
}
/**
 * Whose password is to be chosen anew.
 */
export interface AskReset {
  email: string;
}
/**
 * What is to be different about somebody; what is left out stays. Another role, or none, signs him out.
 */
export interface ChangePerson {
  /**
   * The one that its writer has seen.
   */
  revision: number;
  name?: string;
  role?: 'agent' | 'supervisor';
  /**
   * Threads that somebody is given at a time.
   */
  capacity?: number;
  permissions?: ('mediate' | 'moderate')[];
  active?: boolean;
  /**
   * Items: A thing's id: 16 hexadecimal digits.
   */
  teams?: string[];
}
/**
 * The secret of a mailed link, and the password that is to hold.
 */
export interface ChoosePassword {
  token: string;
  password: string;
}
/**
 * The secret of a mailed link back to a conversation.
 */
export interface FollowLink {
  token: string;
}
/**
 * Somebody is to work here: he is mailed a link to choose a password.
 */
export interface InvitePerson {
  email: string;
  name: string;
  role: 'agent' | 'supervisor';
  locale?: string;
  /**
   * Items: A thing's id: 16 hexadecimal digits.
   */
  teams?: string[];
  /**
   * Threads that somebody is given at a time.
   */
  capacity?: number;
}
/**
 * Where answers of support go while their reader is away; of a visitor, also his time zone.
 */
export interface PutEmail {
  email: string;
  /**
   * IANA time zone.
   */
  zone?: string;
}
/**
 * The visitor of that conversation, and by what he proves himself from now on: `Authorization: Visitor TOKEN`.
 */
export interface Returned {
  token: string;
  person: PersonView;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
}
/**
 * All of them, by name.
 */
export interface StaffPeople {
  people: StaffPerson[];
  mail: boolean;
}
/**
 * Somebody who works or worked here.
 */
export interface StaffPerson {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  name: string;
  email: string;
  role: 'agent' | 'supervisor';
  locale: string;
  active: boolean;
  invited: boolean;
  capacity: number;
  availability: 'away' | 'holiday' | 'online';
  permissions: ('mediate' | 'moderate')[];
  /**
   * Items: A thing's id: 16 hexadecimal digits.
   */
  teams: string[];
  /**
   * The one that its writer has seen.
   */
  revision: number;
}
/**
 * Somebody who works here did something; without `actor` it was the system.
 */
export interface AuditEntry {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  /**
   * UTC, milliseconds since 1970.
   */
  at: number;
  action: string;
  details: {
    [k: string]: number | string | boolean | string[] | null;
  };
  actor?: PersonView;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id?: string;
}
/**
 * What was done, newest first; `next` goes into `before`, and is empty at the end.
 */
export interface AuditPage {
  entries: AuditEntry[];
  actions: string[];
  people: PersonView[];
  next?: string;
}
/**
 * A promise that was broken.
 */
export interface BrokenPromise {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  number: number;
  what: 'first' | 'resolution';
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  team_id: string;
  /**
   * UTC, milliseconds since 1970.
   */
  due: number;
  /**
   * UTC, milliseconds since 1970.
   */
  late: number;
  agent?: PersonView;
  /**
   * UTC, milliseconds since 1970.
   */
  done_at?: number;
}
/**
 * All figures of some days. An episode counts on the day on which it was asked.
 */
export interface DeskReport {
  zone: string;
  teams: Team[];
  languages: string[];
  total: ReportLine;
  days: ReportDay[];
  hours: number[][];
  agents: ReportAgent[];
  talks: number;
  reached: number;
  first_level: KeptLevel;
  resolution_level: KeptLevel;
  breaches: BrokenPromise[];
  comments: ReportComment[];
}
/**
 * Figures of the episodes that were asked on a day, that an agent had last, or of all.
 */
export interface ReportLine {
  asked: number;
  answered: number;
  resolved: number;
  transfers: number;
  first: Spread;
  resolution: Spread;
  wait: Spread;
  score: ScoreFigures;
}
/**
 * How long something took, in milliseconds: the median, and what nine of ten stayed below (nearest rank).
 */
export interface Spread {
  count: number;
  /**
   * UTC, milliseconds since 1970.
   */
  median?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  p90?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  worked_median?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  worked_p90?: number;
}
/**
 * What customers said of it.
 */
export interface ScoreFigures {
  counts: number[];
  rated: number;
  mean?: number;
}
/**
 * One day.
 */
export interface ReportDay {
  /**
   * Such as 2026-11-29, in the zone of the report.
   */
  date: string;
  line: ReportLine;
}
/**
 * One agent.
 */
export interface ReportAgent {
  agent: PersonView;
  line: ReportLine;
}
/**
 * How often a promise was kept and broken; what is still running or was never promised is in neither.
 */
export interface KeptLevel {
  kept: number;
  broken: number;
}
/**
 * What a customer said in words.
 */
export interface ReportComment {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  thread_id: string;
  number: number;
  /**
   * UTC, milliseconds since 1970.
   */
  at: number;
  score: number;
  text: string;
  language: string;
  agent?: PersonView;
}
/**
 * A rating counts no more, or again.
 */
export interface AnnulRating {
  annulled: boolean;
  reason: string;
}
/**
 * A rating, and what became of it in the figure.
 */
export interface CountedRating {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  review_id: string;
  stars: number;
  /**
   * UTC, milliseconds since 1970.
   */
  rated_at: number;
  fate: 'counted' | 'excluded' | 'merged';
  in_window: boolean;
  why?: string;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  opener?: string;
  group_stars?: number;
}
/**
 * What became of each, in the order given: `ok`, or the code of its refusal.
 */
export interface Decided {
  outcomes: string[];
}
/**
 * About one text, as its moderator has seen it.
 */
export interface Decision {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  review_id: string;
  part: 'followup' | 'followup_reply' | 'reply' | 'text';
  /**
   * The one that its writer has seen.
   */
  revision: number;
  move: 'publish' | 'refuse';
  reason?: 'advertising' | 'insult' | 'off_topic' | 'other' | 'personal_data' | 'photo';
}
/**
 * Several at once; each stands for itself.
 */
export interface Decisions {
  decisions: Decision[];
}
/**
 * What detection found in a text: a reason and where, in code points.
 */
export interface FoundSpan {
  kind: string;
  start: number;
  end: number;
  reason?: string;
}
/**
 * Takes a published part from view, or back.
 */
export interface HidePart {
  /**
   * The one that its writer has seen.
   */
  revision: number;
  hidden: boolean;
  reason?: 'advertising' | 'insult' | 'off_topic' | 'other' | 'personal_data' | 'photo';
}
/**
 * How many gave 1 to 5 stars, in this order.
 */
export interface Histogram {
  counts: number[];
  ratings: number;
  texts: number;
  average?: string;
}
/**
 * What a moderator sees of any text.
 */
export interface JudgedText {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  review_id: string;
  part: 'followup' | 'followup_reply' | 'reply' | 'text';
  /**
   * The one that its writer has seen.
   */
  revision: number;
  stars: number;
  product: string;
  shop: ShopView;
  author: PersonView;
  text: string;
  language: string;
  /**
   * Items: A thing's id: 16 hexadecimal digits.
   */
  photos: string[];
}
/**
 * What waits, oldest first.
 */
export interface ModerationQueue {
  texts: QueuedText[];
  waiting: number;
  reported?: ReportedText[];
  reports?: number;
}
/**
 * A text that waits for a moderator.
 */
export interface QueuedText {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  review_id: string;
  part: 'followup' | 'followup_reply' | 'reply' | 'text';
  /**
   * The one that its writer has seen.
   */
  revision: number;
  stars: number;
  product: string;
  shop: ShopView;
  author: PersonView;
  text: string;
  language: string;
  /**
   * Items: A thing's id: 16 hexadecimal digits.
   */
  photos: string[];
  found: FoundSpan[];
  /**
   * UTC, milliseconds since 1970.
   */
  written_at: number;
  attempts: number;
  before?: string;
  answers?: string;
}
/**
 * A published text that readers have reported.
 */
export interface ReportedText {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  review_id: string;
  part: 'followup' | 'followup_reply' | 'reply' | 'text';
  /**
   * The one that its writer has seen.
   */
  revision: number;
  stars: number;
  product: string;
  shop: ShopView;
  author: PersonView;
  text: string;
  language: string;
  /**
   * Items: A thing's id: 16 hexadecimal digits.
   */
  photos: string[];
  reports: TextReport[];
}
/**
 * What a reader says of it.
 */
export interface TextReport {
  by: PersonView;
  reason: 'advertising' | 'insult' | 'off_topic' | 'other' | 'personal_data' | 'photo';
  text: string;
  /**
   * UTC, milliseconds since 1970.
   */
  at: number;
}
/**
 * What I may rate, and a page of what I have; `next` goes into `before`.
 */
export interface MyReviews {
  to_rate: ToRate[];
  reviews: OwnReview[];
  next?: string;
}
/**
 * Something that I received and may still rate.
 */
export interface ToRate {
  about: Reviewed;
  /**
   * UTC, milliseconds since 1970.
   */
  until: number;
  rates_order?: boolean;
}
/**
 * What a review is about.
 */
export interface Reviewed {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  order_id: string;
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  line_id: string;
  title: string;
  photo_url: string;
  shop: ShopView;
}
/**
 * A review of mine.
 */
export interface OwnReview {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  about: Reviewed;
  stars: number;
  /**
   * UTC, milliseconds since 1970.
   */
  rated_at: number;
  texts: OwnText[];
  replies: OwnReply[];
  /**
   * UTC, milliseconds since 1970.
   */
  may_write_until?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  followup_from?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  followup_until?: number;
  helpful?: number;
}
/**
 * A text of mine, with what became of it.
 */
export interface OwnText {
  part: 'followup' | 'followup_reply' | 'reply' | 'text';
  text: string;
  state: 'hidden' | 'pending' | 'published' | 'refused';
  /**
   * UTC, milliseconds since 1970.
   */
  written_at: number;
  /**
   * The one that its writer has seen.
   */
  revision: number;
  /**
   * Items: A thing's id: 16 hexadecimal digits.
   */
  photos?: string[];
  reason?: 'advertising' | 'insult' | 'off_topic' | 'other' | 'personal_data' | 'photo';
  /**
   * UTC, milliseconds since 1970.
   */
  again_until?: number;
}
/**
 * What the shop has said to a text of mine: to the review, or to its follow-up.
 */
export interface OwnReply {
  part: 'followup_reply' | 'reply';
  text: string;
  /**
   * UTC, milliseconds since 1970.
   */
  at: number;
  language?: string;
}
/**
 * What I may vote on of a product's reviews, and where I have.
 */
export interface MyVotes {
  /**
   * Items: A thing's id: 16 hexadecimal digits.
   */
  voted: string[];
  /**
   * Items: A thing's id: 16 hexadecimal digits.
   */
  own: string[];
  sells?: boolean;
}
/**
 * A page of a product's reviews; `next` goes into `before`.
 */
export interface ProductReviews {
  histogram: Histogram;
  reviews: PublicReview[];
  languages: string[];
  next?: string;
  product?: ProductView;
  shop?: SellerCard;
  translates?: boolean;
}
/**
 * A review as a product page shows it.
 */
export interface PublicReview {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  stars: number;
  author: string;
  country: string;
  /**
   * UTC, milliseconds since 1970.
   */
  rated_at: number;
  text?: PublicText;
  followup?: PublicText;
  reply?: PublicText;
  followup_reply?: PublicText;
  helpful?: number;
}
/**
 * What was written, once it is published.
 */
export interface PublicText {
  text: string;
  /**
   * UTC, milliseconds since 1970.
   */
  at: number;
  language?: string;
  photos?: PublicPhoto[];
}
/**
 * A photo of a published text, at `/api/v1/review-photos/{name}/{full|thumb}`.
 */
export interface PublicPhoto {
  name: string;
  width: number;
  height: number;
}
/**
 * A shop as the public sees it.
 */
export interface SellerCard {
  shop: ShopView;
  is_new: boolean;
  per_mille: number | null;
  positive: number;
  neutral: number;
  negative: number;
  score: number;
  described?: string;
  communication?: string;
  shipping?: string;
  response_per_mille?: number;
  response_median_ms?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  away_until?: number;
}
/**
 * Stars for something that was received; text and photos with them, or once later.
 */
export interface RateLine {
  /**
   * Names one write of one sender for ever; a UUIDv7 is best. A retry carries it again.
   */
  client_key: string;
  stars: number;
  /**
   * Counted in Unicode code points.
   */
  text?: string;
  /**
   * Items: A thing's id: 16 hexadecimal digits.
   */
  photos?: string[];
}
/**
 * How the shop did, once an order.
 */
export interface RateOrder {
  described: number;
  communication: number;
  shipping: number;
}
/**
 * The review that the stars are.
 */
export interface Rated {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
}
/**
 * What became of all ratings that there ever were.
 */
export interface RatingCounts {
  window: number;
  earlier: number;
  merged: number;
  refunded: number;
  annulled: number;
}
/**
 * Where the percentage comes from, with a page of ratings; `next` goes into `before`.
 */
export interface RatingExplained {
  card: SellerCard;
  since: string;
  counts: RatingCounts;
  ratings: CountedRating[];
  next?: string;
}
/**
 * Puts a published text before a moderator.
 */
export interface ReportText {
  reason: 'advertising' | 'insult' | 'off_topic' | 'other' | 'personal_data' | 'photo';
  text?: string;
}
/**
 * A published text in another language; without `text` there is none, and the original is shown.
 */
export interface ReviewTranslation {
  text?: string;
  source?: string;
}
/**
 * The text stands as it is: its reports are dealt with.
 */
export interface SettleReports {
  /**
   * The one that its writer has seen.
   */
  revision: number;
}
/**
 * A review of the shop's goods, and what the shop has said to it.
 */
export interface ShopReview {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  about: Reviewed;
  stars: number;
  author: string;
  country: string;
  /**
   * UTC, milliseconds since 1970.
   */
  rated_at: number;
  text?: PublicText;
  followup?: PublicText;
  replies?: OwnText[];
  may_reply?: boolean;
  may_reply_followup?: boolean;
}
/**
 * A page, newest first; `next` goes into `before`.
 */
export interface ShopReviews {
  reviews: ShopReview[];
  card: SellerCard;
  next?: string;
  to_answer?: number;
}
/**
 * Whether it helped me.
 */
export interface VoteHelpful {
  helpful: boolean;
}
/**
 * Text and photos: later, again after a refusal, or as a follow-up.
 */
export interface WriteText {
  /**
   * Names one write of one sender for ever; a UUIDv7 is best. A retry carries it again.
   */
  client_key: string;
  /**
   * Counted in Unicode code points.
   */
  text?: string;
  /**
   * Items: A thing's id: 16 hexadecimal digits.
   */
  photos?: string[];
}
/**
 * The marketplace's name and colour, as they are and as they are to be.
 */
export interface BrandLook {
  name: string;
  color: string;
  /**
   * The one that its writer has seen.
   */
  revision?: number;
}
/**
 * All of them, by shortcut.
 */
export interface CannedReplies {
  canned: CannedReply[];
}
/**
 * What opens on a date in place of the windows; without spans it is a holiday.
 */
export interface HoursException {
  date: string;
  spans?: HoursSpan[];
}
/**
 * A window of one date.
 */
export interface HoursSpan {
  /**
   * Minutes after midnight on the wall.
   */
  opens: number;
  minutes: number;
}
/**
 * The whole list, as it is and as it is to be.
 */
export interface Labels {
  labels: Label[];
  /**
   * The one that its writer has seen.
   */
  revision?: number;
}
/**
 * All of them, by name.
 */
export interface Macros {
  macros: Macro[];
}
/**
 * A canned reply as it is to be.
 */
export interface PutCanned {
  shortcut: string;
  title: string;
  texts: {
    [k: string]: string;
  };
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  team_id?: string;
  /**
   * The one that its writer has seen.
   */
  revision?: number;
}
/**
 * A macro as it is to be.
 */
export interface PutMacro {
  name: string;
  steps: MacroStep[];
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  team_id?: string;
  /**
   * The one that its writer has seen.
   */
  revision?: number;
}
/**
 * A team as it is to be. `revision` is the one that its writer has seen, 0 for a new one.
 */
export interface PutTeam {
  name: string;
  zone: string;
  windows: HoursWindow[];
  exceptions?: HoursException[];
  languages?: string[];
  topics?: string[];
  first_answer_minutes?: number;
  resolution_minutes?: number;
  /**
   * The one that its writer has seen.
   */
  revision?: number;
}
/**
 * Everybody who is to be in the team.
 */
export interface PutTeamMembers {
  /**
   * Items: A thing's id: 16 hexadecimal digits.
   */
  members: string[];
  /**
   * The one that its writer has seen.
   */
  revision: number;
}
/**
 * A team with all that may be set of it, and whether somebody is there now.
 */
export interface TeamDetails {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  name: string;
  languages: string[];
  topics: string[];
  zone: string;
  windows: HoursWindow[];
  exceptions: HoursException[];
  first_answer_minutes: number;
  resolution_minutes: number;
  members: PersonView[];
  /**
   * The one that its writer has seen.
   */
  revision: number;
  is_open: boolean;
  /**
   * UTC, milliseconds since 1970.
   */
  next_opening?: number;
  /**
   * UTC, milliseconds since 1970.
   */
  next_closing?: number;
}
/**
 * Every team, the default one first, and what a team may be for.
 */
export interface TeamList {
  teams: TeamDetails[];
  topics: string[];
}
/**
 * Another endpoint.
 */
export interface AddWebhook {
  name: string;
  /**
   * Begins with https:// or http://.
   */
  url: string;
}
/**
 * An endpoint as it is to be. Of one in the settings only `active` counts.
 */
export interface PutWebhook {
  name: string;
  url: string;
  active: boolean;
  /**
   * The one that its writer has seen.
   */
  revision: number;
}
/**
 * What was given up is to be tried anew.
 */
export interface ReplayWebhooks {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  message_id?: string;
}
/**
 * It is to have another secret.
 */
export interface RotateWebhook {
  /**
   * The one that its writer has seen.
   */
  revision: number;
}
/**
 * The newest first.
 */
export interface WebhookDeliveries {
  deliveries: WebhookDelivery[];
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  next?: string;
}
/**
 * A message to one endpoint.
 */
export interface WebhookDelivery {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  message_id: string;
  type: string;
  state: 'dead' | 'held' | 'sent' | 'waiting';
  attempts: number;
  said: string;
  /**
   * UTC, milliseconds since 1970.
   */
  created_at: number;
  /**
   * UTC, milliseconds since 1970.
   */
  next_at: number;
  /**
   * UTC, milliseconds since 1970.
   */
  sent_at?: number;
}
/**
 * Where webhooks go.
 */
export interface WebhookEndpoint {
  /**
   * A thing's id: 16 hexadecimal digits.
   */
  id: string;
  name: string;
  url: string;
  in_settings: boolean;
  active: boolean;
  waiting: number;
  dead: number;
  /**
   * The one that its writer has seen.
   */
  revision: number;
  /**
   * UTC, milliseconds since 1970.
   */
  old_secret_until?: number;
}
/**
 * All of them, by name.
 */
export interface WebhookEndpoints {
  endpoints: WebhookEndpoint[];
}
/**
 * An endpoint, and the secret that was made for it.
 */
export interface WebhookSecret {
  endpoint: WebhookEndpoint;
  /**
   * `whsec_` and base64. It is shown once, and never again.
   */
  secret: string;
}
