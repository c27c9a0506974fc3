"""The socket protocol `parley.v1`: every frame that may be sent, and nothing else.

One JSON object a text frame, at most 64 KiB inwards, tagged by `t`. Commands carry `id`, a number that
the client chooses; the answer repeats it. What nobody asked for (pushes) carries none.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from chat_server.wire.codes import ErrorCode
from chat_server.wire.desk import DeskCounts, DeskThread, Note
from chat_server.wire.notices import Notice
from chat_server.wire.shapes import (
    ClientKey,
    Event,
    Id,
    Millis,
    OrderView,
    PersonView,
    Pick,
    Seq,
    ShopView,
    SideMark,
    SideName,
    Text,
    ThreadSync,
    ThreadView,
)

RequestId = Annotated[int, Meta(ge=1, le=2**53 - 1)]
PageSize = Annotated[int, Meta(ge=1, le=100)]


class Frame(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="t",
    gc=False,
):
    """The base of all frames."""


# Commands: client to server.


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    """`[thread_id, seq]`: the client holds this thread without a hole up to `seq`."""

    thread_id: Id
    seq: Seq


class Hello(Frame, frozen=True, tag="hello"):
    """Must be the first frame, within 10 s. Answered by `welcome`."""

    id: RequestId
    ticket: Annotated[str, Meta(min_length=20, max_length=200)]
    epoch: Annotated[str, Meta(max_length=64)] = ""
    """The epoch of the store that `known` was learnt from."""
    known: Annotated[list[Known], Meta(max_length=500)] = []
    locale: Annotated[str, Meta(max_length=20)] = ""


class RenewToken(Frame, frozen=True, tag="token.renew"):
    """A fresh ticket, of the same person, before the token of this connection runs out. Answered by `ok`."""

    id: RequestId
    ticket: Annotated[str, Meta(min_length=20, max_length=200)]


class SendMessage(Frame, frozen=True, tag="message.send"):
    """Text, photos or both. Answered by `ack` once it is on disk."""

    id: RequestId
    thread_id: Id
    client_key: ClientKey
    text: Text = ""
    photos: Annotated[list[Id], Meta(max_length=10)] = []
    reply_to: Seq | None = None
    pick: Pick | None = None
    """The button of the bot that said this."""


class EditMessage(Frame, frozen=True, tag="message.edit"):
    """The author's new words, within 15 minutes. Answered by `ack`."""

    id: RequestId
    thread_id: Id
    seq: Seq
    client_key: ClientKey
    text: Text


class WithdrawMessage(Frame, frozen=True, tag="message.withdraw"):
    """The author takes a message back, within 24 hours. Answered by `ack`."""

    id: RequestId
    thread_id: Id
    seq: Seq
    client_key: ClientKey


class MarkItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How far this person has come in one thread. Zero leaves a mark as it stands."""

    thread_id: Id
    delivered: Seq = 0
    read: Seq = 0


class Mark(Frame, frozen=True, tag="mark"):
    """At most once a second. No answer when all is well: a mark that is lost is sent again later."""

    id: RequestId
    marks: Annotated[list[MarkItem], Meta(min_length=1, max_length=200)]


class Typing(Frame, frozen=True, tag="typing"):
    """This person is typing; say it again every 3 s while it lasts. No answer when all is well."""

    id: RequestId
    thread_id: Id


class Watch(Frame, frozen=True, tag="watch"):
    """This thread is open on the screen: send me its typing and presence. Answered by `watched`."""

    id: RequestId
    thread_id: Id


class Unwatch(Frame, frozen=True, tag="unwatch"):
    """The thread was left. Answered by `ok`."""

    id: RequestId
    thread_id: Id


class ReadHistory(Frame, frozen=True, tag="history"):
    """A page of events: before a seq, after one, or around one; none of them is the end. Answered by `page`."""

    id: RequestId
    thread_id: Id
    before: Seq | None = None
    after: Seq | None = None
    around: Seq | None = None
    limit: PageSize = 50


class ListThreads(Frame, frozen=True, tag="threads"):
    """A page of my threads, newest activity first. Answered by `thread_list`."""

    id: RequestId
    before: Annotated[str, Meta(max_length=64)] = ""
    """The `next` of the page before; empty for the first."""
    archived: bool = False
    limit: PageSize = 50


Doing = Literal["looking", "answering", "left"]


class Look(Frame, frozen=True, tag="look"):
    """Of the console: I look at a thread or answer it; say it again every 10 s while it lasts. Answered by `ok`."""

    id: RequestId
    thread_id: Id
    doing: Doing


Command = (
    Hello
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
    | Look
)


# Answers and pushes: server to client.


class Limits(msgspec.Struct, frozen=True):
    """The numbers that a client needs to behave."""

    text: int
    photos: int
    photo_bytes: int
    edit_ms: int
    withdraw_ms: int


class Welcome(Frame, frozen=True, tag="welcome"):
    """The connection is open. `threads` is the first page; `sync` what was missed in the known ones."""

    id: RequestId
    epoch: str
    now: Millis
    me: PersonView
    limits: Limits
    threads: list[ThreadView]
    sync: list[ThreadSync] = []
    gone: list[Id] = []
    """Known threads that this person can no longer read."""
    reload: bool = False
    """The store has another epoch: drop all local history; keep the outbox and offer it again."""
    next: str = ""
    shops: list[ShopView] = []
    unread: int = 0
    """Unread messages in all threads that are neither muted nor archived."""
    notices: int = 0
    """Unread notices of my own."""
    shop_notices: int = 0
    """Unread notices about my shops."""
    expires_at: Millis | None = None
    """When to have sent `token.renew`."""


class Ok(Frame, frozen=True, tag="ok"):
    """Done."""

    id: RequestId


class Ack(Frame, frozen=True, tag="ack"):
    """Committed and synced to disk under this `seq`. A repeated client key gets the first answer again."""

    id: RequestId
    thread_id: Id
    seq: Seq
    at: Millis
    contacts: bool = False
    """Contact data was found in it, in a conversation that should have none."""
    text: str | None = None
    """Where it was hidden: what was stored instead."""


class Failed(Frame, frozen=True, tag="error"):
    """Refused; nothing was stored. Without `id`: about the connection."""

    code: ErrorCode
    message: str
    id: RequestId | None = None
    retryable: bool = False
    retry_after_ms: int | None = None
    reason: str = ""


class Watched(Frame, frozen=True, tag="watched"):
    """The other side's presence now."""

    id: RequestId
    thread_id: Id
    online: bool = False
    position: int | None = None
    """Of a queued support thread: how many are served before its customer is, himself counted."""
    expected_ms: int | None = None
    """How long that may take; left out where nothing is known."""


class Page(Frame, frozen=True, tag="page"):
    """Events in rising order."""

    id: RequestId
    thread_id: Id
    events: list[Event]
    marks: list[SideMark]
    more_before: bool = False
    more_after: bool = False


class ThreadList(Frame, frozen=True, tag="thread_list"):
    """A page of threads; `next` is empty at the end."""

    id: RequestId
    threads: list[ThreadView]
    next: str = ""


class EventPush(Frame, frozen=True, tag="event"):
    """Something happened in one of my threads."""

    thread_id: Id
    event: Event


class ThreadPush(Frame, frozen=True, tag="thread"):
    """A thread is new to me, or what I see of it has changed: take this in place of what you hold."""

    thread: ThreadView


class OrderPush(Frame, frozen=True, tag="order"):
    """An order has a new version."""

    order: OrderView


class MarksPush(Frame, frozen=True, tag="marks"):
    """How far one side has come in a thread; `read` is there where it is my own mark that moved."""

    thread_id: Id
    mark: SideMark
    read: Seq | None = None
    unread: int | None = None


class TypingPush(Frame, frozen=True, tag="typing_now"):
    """Somebody of that side is typing; forget it after 5 s."""

    thread_id: Id
    side: SideName


class PresencePush(Frame, frozen=True, tag="presence"):
    """The other side of a watched thread came or went."""

    thread_id: Id
    side: SideName
    online: bool


class QueuePush(Frame, frozen=True, tag="queue"):
    """Where the customer of a support thread stands in its queue. Sent when it changes."""

    thread_id: Id
    position: int
    expected_ms: int | None = None


class NoticePush(Frame, frozen=True, tag="notice"):
    """I am told something. May come twice: the second says the same."""

    notice: Notice
    unread: int
    """Of its side: my own notices, or those about my shops."""


class NoticesReadPush(Frame, frozen=True, tag="notices.read"):
    """I have read notices, on this device or another."""

    side: Literal["mine", "shops"]
    unread: int


# Pushes that only the console gets: its sockets hear of the threads of the teams that their agent belongs to.


class DeskPush(Frame, frozen=True, tag="desk.thread"):
    """A thread of my teams has moved or is new: take this in place of what you hold."""

    thread: DeskThread


class DeskGonePush(Frame, frozen=True, tag="desk.gone"):
    """A thread has left this team."""

    thread_id: Id
    team_id: Id


class NotePush(Frame, frozen=True, tag="desk.note"):
    """A private note was written."""

    thread_id: Id
    note: Note


class DeskCountsPush(Frame, frozen=True, tag="desk.counts"):
    """The numbers beside the lists, at most once a second."""

    counts: DeskCounts


class LookPush(Frame, frozen=True, tag="desk.look"):
    """A colleague looks at a thread or answers it; forget it after 25 s."""

    thread_id: Id
    agent: PersonView
    doing: Doing


class ReturnedPush(Frame, frozen=True, tag="desk.returned"):
    """A thread was taken from me: I let it wait, or was gone. `away`: I was set to away."""

    thread_id: Id
    away: bool = False


Push = (
    EventPush
    | ThreadPush
    | OrderPush
    | MarksPush
    | TypingPush
    | PresencePush
    | QueuePush
    | NoticePush
    | NoticesReadPush
)
DeskNews = DeskPush | DeskGonePush | NotePush | DeskCountsPush | LookPush | ReturnedPush
Answer = Welcome | Ok | Ack | Failed | Watched | Page | ThreadList
ServerFrame = Push | DeskNews | Answer
