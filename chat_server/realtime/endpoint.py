"""One connection: performs what its session decides, and answers. A message takes no task and no queue."""

import asyncio
import functools
import logging
from collections.abc import Callable, Coroutine
from typing import Any, Final, cast

from chat_server.actions import messages, moves, routing, sessions, threads
from chat_server.actions.access import access_desk, access_thread
from chat_server.actions.messages import Message, Receipt
from chat_server.actions.threads import DESK_SUBJECT, Place
from chat_server.domain.errors import ParleyError
from chat_server.domain.events import AgentsChanged
from chat_server.domain.ids import PersonId, ThreadId, read, show
from chat_server.domain.people import STAFF, Actor, Role, Side
from chat_server.ports import Applied, Commit, Conflict, Outcome
from chat_server.realtime import greeting
from chat_server.realtime.desk import Desk
from chat_server.realtime.hub import EVERY_TEAM, person_channel, shop_channel, team_channel
from chat_server.realtime.presence import WATCHED_AT_ONCE, Watch
from chat_server.realtime.session import Close, Refuse, Session, Stage
from chat_server.realtime.transport import SocketProtocol, text_frame
from chat_server.wire import views
from chat_server.wire.codec import encode
from chat_server.wire.codes import CloseCode, ErrorCode
from chat_server.wire.frames import (
    Ack,
    Answer,
    Command,
    EditMessage,
    Failed,
    Hello,
    ListThreads,
    Look,
    LookPush,
    Mark,
    Ok,
    Page,
    ReadHistory,
    RenewToken,
    SendMessage,
    ThreadList,
    Typing,
    Unwatch,
    Watched,
    WithdrawMessage,
)
from chat_server.wire.frames import (
    Watch as WatchCommand,
)
from chat_server.wire.places import read_place, show_place
from chat_server.wire.present import thread_views
from chat_server.wire.shapes import PersonView

logger = logging.getLogger("parley.realtime")

HELD_FRAMES: Final = 1000
"""Pushes kept back while a hello is being answered; more, and the client has to come again."""

AT_ONCE: Final = 32
"""Commands of one connection that may be under way, beside messages."""


class Connection:
    """`transport.Sink` and `hub.Listener` of one socket."""

    __slots__ = (
        "_busy",
        "_desk",
        "_held",
        "_name",
        "_opened_at",
        "_session",
        "_socket",
        "_token",
        "_turn",
        "_watches",
        "address",
        "locale",
        "revoked",
        "write",
    )

    def __init__(self, desk: Desk, socket: SocketProtocol, address: str, locale: str) -> None:
        settings = desk.ctx.settings
        self._desk = desk
        self._socket = socket
        self._opened_at = desk.ctx.clock.now_ms()
        self._session = Session(settings.frame_rate, settings.frame_burst, self._opened_at)
        self._held: list[bytes] | None = []
        self._watches: dict[int, Watch] | None = None
        self._token = ""
        self._name = ""
        """Of an agent: how customers see him called."""
        self._busy = 0
        self._turn: asyncio.Lock | None = None
        """Of messages that take time before they are stored: they are stored in the order in which they came."""
        self.address = address
        self.locale = locale
        self.revoked = 0
        """The newest revocation that was known when its ticket was taken: only newer ones end it."""
        self.write: Callable[[bytes], None] = self._hold
        desk.connections.add(self)
        desk.addresses[address] += 1
        desk.counts.opened += 1

    # What comes in.

    def received(self, payload: bytes) -> None:
        """One text message of the peer."""
        effect = self._session.receive(payload, self._desk.ctx.clock.now_ms())
        if isinstance(effect, SendMessage):
            self._send(effect)
        elif isinstance(effect, Refuse):
            self._refuse(effect)
        elif isinstance(effect, Close):
            self.end(effect.code)
        elif effect is not None:
            self._carry_out(effect)

    def closed(self) -> None:
        """The connection is over."""
        desk, actor = self._desk, self._session.actor
        self._session.close()
        desk.connections.discard(self)
        desk.addresses[self.address] -= 1
        if not desk.addresses[self.address]:
            del desk.addresses[self.address]
        for watch in (self._watches or {}).values():
            desk.presence.unwatch(watch)
        if actor is not None:
            self._leave(actor)

    def inspect(self, now: int) -> None:
        """Ends what should have ended by now."""
        settings = self._desk.ctx.settings
        if self._session.overdue():
            if now - self._opened_at > settings.hello_seconds * 1000:
                self.end(CloseCode.NO_HELLO)
            return
        actor = self._session.actor
        if actor is not None and actor.expires_at_ms is not None and now >= actor.expires_at_ms:
            self.end(CloseCode.EXPIRED)

    def end(self, code: CloseCode) -> None:
        """Says why, and closes."""
        self._socket.end(code)

    def ended(self, code: CloseCode) -> None:
        """Nothing more is heard."""
        self._session.close()
        self._desk.counts.closed[code.name.lower()] += 1

    @property
    def person(self) -> PersonId | None:
        """Who is connected, from the moment that he was believed."""
        actor = self._session.actor
        return actor.person_id if actor is not None else None

    @property
    def agent(self) -> PersonId | None:
        """Who works here, where this is his connection."""
        actor = self._session.actor
        return actor.person_id if actor is not None and actor.role in STAFF else None

    # Messages: the busiest path.

    def _send(self, command: SendMessage) -> None:
        desk, actor = self._desk, self._actor
        now = desk.ctx.clock.now_ms()
        wait = desk.messages.take(actor.person_id, now)
        if wait:
            self._refuse(Refuse(ErrorCode.RATE_LIMITED, command.id, "", wait))
            return
        message = Message(
            ThreadId(read(command.thread_id)),
            command.client_key,
            command.text,
            tuple(map(read, command.photos)),
            command.reply_to,
            command.pick or "",
        )
        if message.photos or desk.screens:
            self._spawn(command.id, self._post(command.id, message))
            return
        try:
            commit = messages.posting(actor, message, now, name=self._name)
        except ParleyError as error:
            self._fail(command.id, error)
            return
        desk.fanout.expect(actor.person_id, message.client_key, self)
        desk.ctx.store.submit(commit, functools.partial(self._posted, command.id, message, commit))

    def _posted(self, request: int, message: Message, commit: Commit, outcome: Outcome) -> None:
        desk = self._desk
        if isinstance(outcome, Applied):
            desk.counts.messages += 1
            self._acknowledge(request, messages.receipt(commit, outcome))
            return
        desk.fanout.forget(self._actor.person_id, message.client_key)
        if isinstance(outcome, Conflict):
            self._spawn(request, self._settle(request, message))
        else:
            self._fail(request, outcome)

    async def _settle(self, request: int, message: Message) -> None:
        self._tell(request, await messages.settle(self._desk.ctx, self._actor, message))

    async def _post(self, request: int, message: Message) -> None:
        turn = self._turn = self._turn or asyncio.Lock()
        async with turn:
            receipt = await messages.post(self._desk.ctx, self._actor, message)
        self._desk.counts.messages += 1
        self._tell(request, receipt)

    def _acknowledge(self, request: int, receipt: Receipt) -> None:
        thread_id = show(receipt.thread_id)
        self._answer(Ack(id=request, thread_id=thread_id, seq=receipt.seq, at=receipt.at))

    def _tell(self, request: int, receipt: Receipt) -> None:
        """Acknowledges what may have been looked through."""
        self._answer(
            Ack(
                id=request,
                thread_id=show(receipt.thread_id),
                seq=receipt.seq,
                at=receipt.at,
                contacts=bool(receipt.contacts),
                text=receipt.text,
            )
        )

    # All other commands: a task each.

    def _carry_out(self, command: Command) -> None:
        if self._busy >= AT_ONCE:
            self._refuse(Refuse(ErrorCode.RATE_LIMITED, command.id, "", 1000))
            return
        self._spawn(command.id, _HANDLERS[type(command)](self, command))

    def _spawn(self, request: int, work: Coroutine[Any, Any, None]) -> None:
        self._busy += 1
        self._desk.spawn(self._guarded(request, work))

    async def _guarded(self, request: int, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001  Whatever it was, its sender is told.
            self._fail(request, error)
        finally:
            self._busy -= 1

    async def _hello(self, command: Hello) -> None:
        try:
            await self._greet(command)
        except Exception as error:  # noqa: BLE001  Whatever it was, the client may try again.
            self._fail(command.id, error)
            self.end(CloseCode.RESYNC)

    async def _greet(self, command: Hello) -> None:
        desk = self._desk
        if command.locale:
            self.locale = command.locale
        try:
            actor, person, revoked = await sessions.take_ticket(desk.ctx, command.ticket)
        except ParleyError as error:
            if error.retryable:
                raise
            self.end(CloseCode.BAD_TICKET)
            return
        if self._session.stage is not Stage.GREETING:
            return
        if (
            len(desk.hub.members(person_channel(actor.person_id)))
            >= desk.ctx.settings.sockets_per_person
        ):
            self.end(CloseCode.TOO_MANY)
            return
        self._session.actor = actor
        self.revoked = revoked
        if actor.role in STAFF and desk.ctx.settings.agent_names:
            self._name = person.name
        await self._join(actor)
        welcome = await greeting.welcome(desk.ctx, actor, person, command)
        if self._session.stage is not Stage.GREETING:
            return
        self._session.welcome(actor)
        self._open(text_frame(encode(welcome)), greeting.covered(welcome))

    async def _join(self, actor: Actor) -> None:
        """Opens the tap: what is pushed from here on is held until the welcome has been sent."""
        desk = self._desk
        self._token = desk.ctx.ids.new_secret()
        for channel in channels(actor):
            desk.hub.join(channel, self)
        for subject in subjects(actor):
            if await desk.ctx.broker.arrive(subject, self._token):
                desk.presence.announce(subject, online=True)
        if actor.role in STAFF:
            await routing.seen(desk.ctx, [actor.person_id])
            desk.ctx.sink.tell(AgentsChanged())

    def _leave(self, actor: Actor) -> None:
        for channel in channels(actor):
            self._desk.hub.leave(channel, self)
        self._desk.spawn(self._say_goodbye(actor))

    async def _say_goodbye(self, actor: Actor) -> None:
        ctx = self._desk.ctx
        for subject in subjects(actor):
            if await ctx.broker.leave(subject, self._token):
                self._desk.presence.announce(subject, online=False)
                if actor.role in STAFF and subject == person_channel(actor.person_id):
                    await routing.gone(ctx, actor.person_id)
                    ctx.sink.tell(AgentsChanged())

    def _open(self, welcome: bytes, covered: dict[str, int]) -> None:
        """Lets the held pushes through, but for those that the welcome has told already."""
        held, self._held = self._held or [], None
        self.write = self._socket.write
        self.write(welcome)
        for frame in held:
            if not greeting.is_covered(frame, covered):
                self.write(frame)

    def _hold(self, frame: bytes) -> None:
        if self._held is None or len(self._held) >= HELD_FRAMES:
            self.end(CloseCode.RESYNC)
        else:
            self._held.append(frame)

    async def _renew(self, command: RenewToken) -> None:
        actor, _, _ = await sessions.take_ticket(self._desk.ctx, command.ticket)
        if actor.person_id != self._actor.person_id or actor.shops != self._actor.shops:
            self.end(CloseCode.RESYNC)
            return
        self._session.actor = actor
        self._answer(Ok(id=command.id))

    async def _edit(self, command: EditMessage) -> None:
        thread_id = ThreadId(read(command.thread_id))
        receipt = await messages.edit(
            self._desk.ctx, self._actor, thread_id, command.seq, command.client_key, command.text
        )
        self._tell(command.id, receipt)

    async def _withdraw(self, command: WithdrawMessage) -> None:
        thread_id = ThreadId(read(command.thread_id))
        receipt = await messages.withdraw(
            self._desk.ctx, self._actor, thread_id, command.seq, command.client_key
        )
        self._acknowledge(command.id, receipt)

    async def _mark(self, command: Mark) -> None:
        marks = [(read(m.thread_id), m.delivered, m.read) for m in command.marks]
        await threads.put_marks(self._desk.ctx, self._actor, marks)

    async def _typing(self, command: Typing) -> None:
        watch = (self._watches or {}).get(read(command.thread_id))
        if watch is not None and self._desk.presence.watches(watch):
            self._desk.presence.typing(watch.thread.id, watch.side)

    async def _watch(self, command: WatchCommand) -> None:
        ctx, actor = self._desk.ctx, self._actor
        thread, side = await access_thread(ctx, actor, ThreadId(read(command.thread_id)))
        subject = threads.opposite(thread, side)
        if await threads.pair_blocked(ctx, thread):
            self._answer(Watched(id=command.id, thread_id=command.thread_id))
            return
        online = subject in await ctx.broker.online([subject])
        place, wait = 0, None
        if thread.team_id is not None and side is Side.CUSTOMER:
            place, wait = await routing.place_of(ctx, thread.id, thread.team_id)
        if self._session.stage is Stage.OPEN:
            self._remember(Watch(cast(Any, self), thread, side, subject))
            self._answer(
                Watched(
                    id=command.id,
                    thread_id=command.thread_id,
                    online=online,
                    position=place or None,
                    expected_ms=wait,
                )
            )

    def _remember(self, watch: Watch) -> None:
        watches = self._watches = self._watches or {}
        old = watches.pop(watch.thread.id, None)
        if old is None and len(watches) >= WATCHED_AT_ONCE:
            old = watches.pop(next(iter(watches)))
        if old is not None:
            self._desk.presence.unwatch(old)
        watches[watch.thread.id] = watch
        self._desk.presence.watch(watch)

    async def _unwatch(self, command: Unwatch) -> None:
        watch = (self._watches or {}).pop(read(command.thread_id), None)
        if watch is not None:
            self._desk.presence.unwatch(watch)
        self._answer(Ok(id=command.id))

    async def _history(self, command: ReadHistory) -> None:
        history = await threads.read_history(
            self._desk.ctx,
            self._actor,
            ThreadId(read(command.thread_id)),
            before=command.before,
            after=command.after,
            around=command.around,
            limit=command.limit,
        )
        self._answer(
            Page(
                id=command.id,
                thread_id=command.thread_id,
                events=[views.event_view(event) for event in history.events],
                marks=[views.mark_view(*mark) for mark in history.marks],
                more_before=history.more_before,
                more_after=history.more_after,
            )
        )

    async def _threads(self, command: ListThreads) -> None:
        ctx, actor = self._desk.ctx, self._actor
        place = read_place(command.before)
        before = Place(*place) if place is not None else None
        shelf = await threads.list_threads(
            ctx, actor, before, command.limit, archived=command.archived
        )
        shown = thread_views(shelf.cards, shelf.orders, actor.person_id, ctx.clock.now_ms())
        self._answer(ThreadList(id=command.id, threads=shown, next=show_place(shelf.next)))

    async def _look(self, command: Look) -> None:
        """Passed on and kept nowhere: who looks says so again."""
        ctx, actor = self._desk.ctx, self._actor
        desk = await access_desk(ctx, actor, ThreadId(read(command.thread_id)))
        name = await moves.name_of(ctx, actor.person_id)
        agent = PersonView(id=show(actor.person_id), name=name)
        frame = LookPush(thread_id=command.thread_id, agent=agent, doing=command.doing)
        self._desk.fanout.to_desk(desk.team_id, frame)
        self._answer(Ok(id=command.id))

    # What goes out.

    @property
    def _actor(self) -> Actor:
        actor = self._session.actor
        assert actor is not None, "A command before the hello was let through."
        return actor

    def _answer(self, answer: Answer) -> None:
        self._socket.write(text_frame(encode(answer)))

    def _refuse(self, refusal: Refuse) -> None:
        code = refusal.code
        self._desk.counts.refused[code] += 1
        self._answer(
            Failed(
                code=code,
                message=self._desk.sentence(
                    code, refusal.reason if code is not ErrorCode.BAD_FRAME else "", self.locale
                ),
                id=refusal.request,
                retryable=code is ErrorCode.RATE_LIMITED,
                retry_after_ms=refusal.retry_after_ms,
            )
        )

    def _fail(self, request: int, error: Exception) -> None:
        """Tells the sender in his language what went wrong; what is our own fault, only that it is."""
        if not isinstance(error, ParleyError):
            logger.error("socket.internal", exc_info=error)
            error = ParleyError()
        code = ErrorCode(error.code)
        self._desk.counts.refused[code] += 1
        self._answer(
            Failed(
                code=code,
                message=self._desk.sentence(code, error.reason, self.locale),
                id=request,
                retryable=error.retryable,
                retry_after_ms=error.retry_after_ms,
                reason=error.reason,
            )
        )


Handler = Callable[[Connection, Any], Coroutine[Any, Any, None]]

_HANDLERS: Final[dict[type, Handler]] = {
    Hello: Connection._hello,
    RenewToken: Connection._renew,
    EditMessage: Connection._edit,
    WithdrawMessage: Connection._withdraw,
    Mark: Connection._mark,
    Typing: Connection._typing,
    WatchCommand: Connection._watch,
    Unwatch: Connection._unwatch,
    ReadHistory: Connection._history,
    ListThreads: Connection._threads,
    Look: Connection._look,
}


def channels(actor: Actor) -> list[str]:
    """What a connection of this person listens to."""
    own = person_channel(actor.person_id)
    if actor.role is Role.SUPERVISOR:
        return [own, EVERY_TEAM]
    return [own, *map(shop_channel, actor.shops), *map(team_channel, actor.teams)]


def subjects(actor: Actor) -> list[str]:
    """Whose presence a connection of this person is: his own, his shops', or support's as a whole."""
    own = person_channel(actor.person_id)
    return [own, DESK_SUBJECT] if actor.role in STAFF else [own, *map(shop_channel, actor.shops)]
