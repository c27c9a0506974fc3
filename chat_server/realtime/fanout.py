"""From what was committed to what is pushed: events and facts become frames, encoded once per audience.

On the embedded store, commits of this process are the whole stream and go straight to the hub. On a
shared store every node follows the stream of events itself, and a commit only wakes the followers.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Final, Protocol

import msgspec

from chat_server.actions import desk_lists, threads
from chat_server.actions.access import DESK
from chat_server.actions.context import Context
from chat_server.actions.notices import unread_of
from chat_server.domain.events import (
    AgentsChanged,
    Cut,
    DeskMoved,
    Event,
    Fact,
    MarkMoved,
    NoteWritten,
    NoticesRead,
    OrderChanged,
    PairBlocked,
    TakenAway,
    ThreadChanged,
)
from chat_server.domain.ids import PersonId, show
from chat_server.domain.notices import NoticeRow
from chat_server.domain.people import Actor, Role, Side
from chat_server.domain.threads import EventKind
from chat_server.ports import Applied, Commit
from chat_server.realtime.hub import (
    EVERY_TEAM,
    Hub,
    Listener,
    person_channel,
    shop_channel,
    team_channel,
)
from chat_server.realtime.transport import text_frame
from chat_server.wire import desk_views, views
from chat_server.wire.codec import encode
from chat_server.wire.codes import CloseCode
from chat_server.wire.frames import (
    DeskGonePush,
    DeskNews,
    DeskPush,
    EventPush,
    MarksPush,
    NotePush,
    NoticePush,
    NoticesReadPush,
    OrderPush,
    Push,
    ReturnedPush,
    ThreadPush,
)
from chat_server.wire.notice_views import notice_view
from chat_server.wire.present import thread_views

logger = logging.getLogger("parley.fanout")

CUSTOMER: Final = int(Side.CUSTOMER)
POSTED: Final = int(EventKind.POSTED)
CONTROL: Final = "!"
"""The broker's channel for facts that nodes act on and no client sees."""

_decode_control: Final = msgspec.msgpack.Decoder(tuple[str, int, int]).decode

Spawn = Callable[[Coroutine[Any, Any, None]], None]
View = Callable[[PersonId, int], Coroutine[Any, Any, None]]
"""Reads something and pushes it as one person sees it."""
_Look = tuple[View, PersonId, int]


class Publisher(Protocol):
    """The part of a broker that is used here."""

    def publish(self, channel: str, frame: bytes) -> None:
        """To every other node."""

    def wake(self) -> None:
        """There are new events in the store."""


class Watchers(Protocol):
    """Those who look at presence and typing."""

    def heard(self, channel: str, frame: bytes) -> bool:
        """Takes what another node says of presence and typing; False where it is something else."""

    def part(self, customer_id: int, shop_id: int) -> None:
        """Forget all watching between these two."""

    def leave(self, thread_id: int) -> None:
        """Forget that people of the desk watch a thread, which is another team's now."""


class Fanout:
    """`ports.CommitSink`, `ports.EventSink` and `ports.BrokerSink` of a node."""

    def __init__(self, hub: Hub, *, follows: bool) -> None:
        self._hub = hub
        self._follows = follows
        self._origins: dict[tuple[int, str], Listener] = {}
        self._broker: Publisher | None = None
        self._watchers: Watchers | None = None
        self._ctx: Context | None = None
        self._spawn: Spawn | None = None
        self._looking: dict[_Look, bool] = {}
        """What is being looked at just now, and whether it has to be looked at (again)."""
        self.news = asyncio.Event()
        """Set when there may be events in the store that this node has not delivered."""
        self.resync: Callable[[], None] = lambda: None
        self.asked: Callable[[int], None] = lambda _: None
        """Told of a thread whose customer wrote to support through this node."""
        self.stirred: Callable[[int], None] = lambda _: None
        """Told of a team whose numbers may be others than before; 0 for all."""
        self.freed: Callable[[], None] = lambda: None
        """Told that a queue or an agent may be another than before, so that somebody may be given a thread."""

    def start(self, ctx: Context, spawn: Spawn, watchers: Watchers) -> None:
        """Gives it what did not exist when it was made."""
        self._ctx, self._broker, self._spawn, self._watchers = ctx, ctx.broker, spawn, watchers

    # What was committed.

    def expect(self, author_id: int, client_key: str, origin: Listener) -> None:
        """This connection is told of its own message by the ack, and needs no push of it."""
        self._origins.setdefault((author_id, client_key), origin)

    def forget(self, author_id: int, client_key: str) -> None:
        """The message was refused."""
        self._origins.pop((author_id, client_key), None)

    def committed(self, events: Sequence[tuple[Commit, Applied]]) -> None:
        """Commits of this process, in order."""
        for commit, applied in events:
            draft, placed = commit.draft, applied.rows[0]
            assert draft is not None and placed is not None
            # Only in a support thread there is no shop on the other side.
            if placed[3] is None and placed[1] == CUSTOMER and draft.kind == POSTED:
                self.asked(draft.thread_id)
        if self._follows:
            self.news.set()
            if self._broker is not None:
                self._broker.wake()
            return
        for commit, applied in events:
            draft, placed = commit.draft, applied.rows[0]
            assert draft is not None and placed is not None
            self.deliver(draft.placed(*placed[:5]))

    def deliver(self, event: Event) -> None:
        """One event to all parties of its thread that are connected here."""
        push = EventPush(thread_id=show(event.thread_id), event=views.event_view(event))
        frame = text_frame(encode(push))
        origin = None
        if event.client_key is not None and event.author_id is not None:
            origin = self._origins.pop((event.author_id, event.client_key), None)
        customer = person_channel(event.customer_id)
        self._hub.deliver(customer, frame, origin)
        if event.shop_id is not None:
            self._hub.deliver(shop_channel(event.shop_id), frame, origin, already=customer)
        if event.team_id is not None:
            self._hub.deliver(team_channel(event.team_id), frame, origin)
            self._hub.deliver(EVERY_TEAM, frame, origin)
            self.stirred(event.team_id)

    # What other nodes say.

    def received(self, channel: str, frame: bytes) -> None:
        """A frame that another node published."""
        if channel == CONTROL:
            self._obey(*_decode_control(frame))
        elif self._watchers is None or not self._watchers.heard(channel, frame):
            self._hub.deliver(channel, frame)

    def woken(self) -> None:
        """Another node has committed events."""
        self.news.set()

    def lost_place(self) -> None:
        """Pushes of other nodes may be lost: events are read from the store, the rest is resumed."""
        self.news.set()
        self.resync()

    # What is pushed but not stored.

    def _push_here(self, channel: str, frame: Push) -> None:
        self._hub.deliver(channel, text_frame(encode(frame)))

    def push(self, channel: str, frame: Push | DeskNews) -> None:
        """One frame to all who listen to a channel, on every node."""
        framed = text_frame(encode(frame))
        self._hub.deliver(channel, framed)
        if self._broker is not None:
            self._broker.publish(channel, framed)

    def tell(self, fact: Fact) -> None:
        """Passes a fact on to those whom it concerns."""
        match fact:
            case MarkMoved():
                self._mark(fact)
            case Cut():
                self._control("cut", fact.person_id, int(fact.signed_out))
            case PairBlocked():
                self._control("part", fact.customer_id, fact.shop_id)
            case ThreadChanged():
                self._control("thread", fact.thread_id, fact.person_id)
                if fact.shop_id is not None:
                    self._control("shop.thread", fact.thread_id, fact.shop_id)
            case OrderChanged():
                self._control("order", fact.order_id, fact.buyer_id)
                self._control("shop.order", fact.order_id, fact.shop_id)
            case DeskMoved():
                self._later(self._desk(fact))
            case AgentsChanged():
                self._control("desk", 0, 0)
            case NoteWritten():
                self._later(self._note(fact))
            case NoticesRead():
                read = NoticesReadPush(side=fact.side, unread=fact.unread)
                self.push(person_channel(fact.person_id), read)
            case TakenAway():
                frame = ReturnedPush(thread_id=show(fact.thread_id), away=fact.away)
                self.push(person_channel(fact.agent_id), frame)

    async def notice(self, row: NoticeRow) -> None:
        """One notice to whom it is for, where he is connected here; every node looks for itself."""
        channel = person_channel(row.person_id)
        if self._ctx is None or not self._hub.members(channel):
            return
        unread = await unread_of(self._ctx, row.person_id)
        self._push_here(channel, NoticePush(notice=notice_view(row), unread=unread.of(row.side)))

    def _mark(self, fact: MarkMoved) -> None:
        thread_id, mark = (
            show(fact.thread_id),
            views.mark_view(fact.side, fact.delivered, fact.read),
        )
        plain = MarksPush(thread_id=thread_id, mark=mark)
        own = MarksPush(thread_id=thread_id, mark=mark, read=fact.own_read, unread=fact.own_unread)
        if fact.side != Side.CUSTOMER:
            self.push(person_channel(fact.customer_id), plain)
        if fact.shop_id is not None:
            self.push(shop_channel(fact.shop_id), plain)
        if fact.team_id is not None:
            self.to_desk(fact.team_id, plain)
        self.push(person_channel(fact.person_id), own)

    def to_desk(self, team_id: int, frame: Push | DeskNews) -> None:
        """To all who see the threads of a team."""
        self.push(team_channel(team_id), frame)
        self.push(EVERY_TEAM, frame)

    def _control(self, order: str, one: int, other: int) -> None:
        self._obey(order, one, other)
        if self._broker is not None:
            self._broker.publish(CONTROL, msgspec.msgpack.encode((order, one, other)))

    def _obey(self, order: str, one: int, other: int) -> None:
        match order:
            case "cut":
                self.cut(one, CloseCode.SIGNED_OUT if other else CloseCode.RESYNC)
            case "part" if self._watchers is not None:
                self._watchers.part(one, other)
            case "leave" if self._watchers is not None:
                self._watchers.leave(one)
            case "desk":
                self.stirred(one)
                self.freed()
            case "thread":
                self._show(self._thread, one, person_channel(other))
            case "shop.thread":
                self._show(self._thread, one, shop_channel(other))
            case "order":
                self._show(self._order, one, person_channel(other))
            case "shop.order":
                self._show(self._order, one, shop_channel(other))

    def _show(self, view: View, id: int, channel: str) -> None:
        """Something as each of those sees it who are connected here; every node looks for its own."""
        here: set[PersonId | None]
        here = {getattr(member, "person", None) for member in self._hub.members(channel)}
        for person_id in here:
            if person_id is not None:
                self._look(view, person_id, id)

    def _look(self, view: View, person_id: PersonId, id: int) -> None:
        """One look at a thing at a time: of two at once the older one might be pushed last, and stay."""
        if self._spawn is None:
            return
        look = (view, person_id, id)
        is_under_way = look in self._looking
        self._looking[look] = True
        if not is_under_way:
            self._spawn(self._looked(look))

    async def _looked(self, look: _Look) -> None:
        view, person_id, id = look
        try:
            while self._looking[look]:
                self._looking[look] = False
                try:
                    await view(person_id, id)
                except Exception:
                    # What has changed meanwhile is looked at all the same.
                    if not self._looking[look]:
                        raise
        finally:
            del self._looking[look]

    def cut(self, person_id: int, code: int, revocation: int | None = None) -> None:
        """Ends a person's connections here; of a revocation by its place, only those that are older."""
        for member in self._hub.members(person_channel(person_id)):
            end = getattr(member, "end", None)
            if end is not None and (
                revocation is None or getattr(member, "revoked", 0) < revocation
            ):
                end(CloseCode(code))

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        if self._spawn is None:
            work.close()
        else:
            self._spawn(work)

    async def _thread(self, person_id: PersonId, thread_id: int) -> None:
        assert self._ctx is not None
        shelf = await threads.shelf_of(self._ctx, Actor(person_id, Role.BUYER), [thread_id])
        now = self._ctx.clock.now_ms()
        for view in thread_views(shelf.cards, shelf.orders, person_id, now):
            self._push_here(person_channel(person_id), ThreadPush(thread=view))

    async def _desk(self, fact: DeskMoved) -> None:
        """The row of a thread to those whose business it is; those whose it was are told that it is gone."""
        assert self._ctx is not None
        for card in await desk_lists.cards_of(self._ctx, 0, [fact.thread_id]):
            self.to_desk(card.team_id, DeskPush(thread=desk_views.desk_thread(card, shared=True)))
        if fact.left_team is not None:
            gone = DeskGonePush(thread_id=show(fact.thread_id), team_id=show(fact.left_team))
            self.push(team_channel(fact.left_team), gone)
            self._control("leave", fact.thread_id, 0)
        self._control("desk", fact.team_id, 0)

    async def _note(self, fact: NoteWritten) -> None:
        assert self._ctx is not None
        thread = await self._ctx.store.one(DESK, thread_id=fact.thread_id)
        if thread is not None:
            frame = NotePush(thread_id=show(fact.thread_id), note=desk_views.note_view(fact))
            self.to_desk(thread.team_id, frame)

    async def _order(self, person_id: PersonId, order_id: int) -> None:
        assert self._ctx is not None
        actor = Actor(person_id, Role.BUYER)
        for card, lines in (await threads.order_cards(self._ctx, actor, [order_id])).values():
            view = views.order_view(card, lines, person_id)
            self._push_here(person_channel(person_id), OrderPush(order=view))
