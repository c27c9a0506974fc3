"""The client of one person: threads, messages, marks, and what happens meanwhile; it comes back by itself."""

import asyncio
import contextlib
import logging
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import httpx2
from typing_extensions import override

from chat_server.client.chance import FIRST_S, MOST_S, new_key
from chat_server.client.errors import Lost, Refused, Stopped
from chat_server.client.held import Held
from chat_server.client.listener import Listener
from chat_server.client.log import ThreadLog
from chat_server.client.marks import Marks
from chat_server.client.outbox import Outbox
from chat_server.client.readers import Incoming, Readers
from chat_server.client.repair import Repair
from chat_server.client.requests import Requests, Token
from chat_server.client.sending import Sender
from chat_server.client.session import Session, expect
from chat_server.client.tasks import Tasks
from chat_server.wire.frames import (
    Ack,
    EditMessage,
    Hello,
    ListThreads,
    Page,
    Push,
    ReadHistory,
    SendMessage,
    ThreadList,
    Typing,
    Unwatch,
    Watch,
    Watched,
    Welcome,
    WithdrawMessage,
)
from chat_server.wire.shapes import Event, PersonView, PhotoView, ThreadView

logger = logging.getLogger("parley.client")

TYPING_EVERY_S: Final = 3.0


class Client(Requests):
    """`async with Client(url, token) as client:` is connected, or connecting, as long as the block lasts.

    Writes wait in the outbox until they are acknowledged, however long the server is away; whoever
    waits no longer may be cancelled, and the write goes out all the same. Reads wait for a
    connection. When the server says that this client must stay away, both raise Stopped.
    """

    def __init__(
        self,
        url: str,
        token: Token,
        *,
        listener: Listener | None = None,
        outbox: Path | None = None,
        locale: str = "",
        backoff: tuple[float, float] = (FIRST_S, MOST_S),
        deliver: bool = True,
        keep: int = 10_000,
        http: httpx2.AsyncClient | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """`url` is the server's, without a path. `outbox` is a file that outlives the process.

        `backoff` are the least and the most seconds before it comes back; `deliver` says whether
        what arrives is marked as delivered; `keep` is how many events of a thread are held.
        """
        super().__init__(url, token, http)
        self.listener = listener or Listener()
        self._locale, self._deliver = locale, deliver
        self._held = Held(self.listener, self._heard, keep)
        self._outbox = Outbox(outbox)
        self._marks = Marks()
        self._readers = Readers()
        self._watched: set[str] = set()
        self._typed_at: dict[str, float] = {}
        socket_url = "ws" + self.url.removeprefix("http") + "/socket"
        self._session = Session(socket_url, self, backoff, tls)
        self._tasks = Tasks(self._failed)
        self._sender = Sender(self._session, self._outbox, self._marks, self._held, self._tasks)

    async def __aenter__(self) -> Self:
        self._tasks.start(self._run())
        self._tasks.start(Repair(self._session, self._held, self.thread).run())
        self._sender.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            await self._session.leave()
        finally:
            await self._tasks.end()
            self._readers.end()
            if self._owns_http:
                await self._http.aclose()

    # What is held.

    @property
    def me(self) -> PersonView | None:
        """Who I am; known from the first connection on."""
        return self._held.me

    @property
    def connected(self) -> bool:
        """Whether there is a connection now."""
        return self._session.connection is not None

    @property
    def unacknowledged(self) -> int:
        """How many writes wait in the outbox."""
        return len(self._outbox)

    def log(self, thread_id: str) -> ThreadLog:
        """The events of a thread since this client came to know it; `load` brings those before.

        Raises KeyError for a thread of which nothing was heard.
        """
        return self._held.logs[thread_id]

    def views(self) -> dict[str, ThreadView]:
        """All threads that this client has come to know, as a list shows them: who, about what, unread, marks."""
        return dict(self._held.views)

    async def ready(self) -> None:
        """Waits for a connection. Raises Stopped."""
        await self._session.ready()

    async def events(self, thread_id: str | None = None) -> AsyncIterator[Incoming]:
        """Events as they come, of one thread or of all, own ones too. Raises Overrun, Stopped."""
        async for incoming in self._readers.read():
            if thread_id in (None, incoming.thread_id):
                yield incoming
        if self._session.stopped is not None:
            raise self._session.stopped

    # Writing.

    async def send(
        self,
        thread_id: str,
        text: str = "",
        *,
        photos: list[str] | None = None,
        reply_to: int | None = None,
        client_key: str | None = None,
    ) -> Ack:
        """Says something; returns once it is on the server's disk. Raises Refused, Stopped.

        `photos` are ids from `upload`. Saying it again under the same `client_key` gives the first ack.
        """
        key = client_key or new_key()
        return await self._sender.write(
            SendMessage(1, thread_id, key, text, photos or [], reply_to)
        )

    async def edit(
        self, thread_id: str, seq: int, text: str, *, client_key: str | None = None
    ) -> Ack:
        """New words for an own message. Raises Refused, Stopped."""
        return await self._sender.write(
            EditMessage(1, thread_id, seq, client_key or new_key(), text)
        )

    async def withdraw(self, thread_id: str, seq: int, *, client_key: str | None = None) -> Ack:
        """Takes an own message back. Raises Refused, Stopped."""
        return await self._sender.write(WithdrawMessage(1, thread_id, seq, client_key or new_key()))

    def mark(self, thread_id: str, *, read: int = 0, delivered: int = 0) -> None:
        """I have come so far; told within a second, and again after a lost connection."""
        self._marks.reach(thread_id, delivered, read)

    async def typing(self, thread_id: str) -> None:
        """I am typing in a watched thread; call it at each key, it is told every 3 s."""
        now = asyncio.get_running_loop().time()
        if now - self._typed_at.get(thread_id, -TYPING_EVERY_S) >= TYPING_EVERY_S:
            self._typed_at[thread_id] = now
            await self._session.tell(Typing(1, thread_id), lambda _: None)

    # Reading.

    async def watch(self, thread_id: str) -> bool:
        """Opens a thread: its typing and presence are told from now on. Whether the other side is there."""
        self._watched.add(thread_id)
        return expect(await self._session.ask_on(Watch(1, thread_id)), Watched).online

    async def unwatch(self, thread_id: str) -> None:
        """The thread was left."""
        self._watched.discard(thread_id)
        await self._session.ask_on(Unwatch(1, thread_id))

    async def history(
        self,
        thread_id: str,
        *,
        before: int | None = None,
        after: int | None = None,
        around: int | None = None,
        limit: int = 50,
    ) -> Page:
        """A page of a thread's events: before a seq, after one, around one, or the newest. Raises Refused."""
        asked = ReadHistory(1, thread_id, before, after, around, limit)
        return expect(await self._session.ask_on(asked), Page)

    async def load(self, thread_id: str) -> ThreadLog:
        """Reads a thread back to its first event, into its log. Raises Refused."""
        if thread_id not in self._held.logs:
            self._held.see(await self.thread(thread_id))
        log = self.log(thread_id)
        while log.base > 0:
            page = await self.history(thread_id, before=log.base + 1, limit=100)
            log.prepend(page.events)
        return log

    async def threads(
        self, *, before: str = "", archived: bool = False, limit: int = 50
    ) -> ThreadList:
        """A page of my threads, newest activity first; `before` is the `next` of the page before."""
        answer = await self._session.ask_on(ListThreads(1, before, archived, limit))
        return expect(answer, ThreadList)

    @override
    async def open_thread(
        self, *, product: str | None = None, order: str | None = None
    ) -> ThreadView:
        """The thread about a product or an order, by Parley's id or the marketplace's; made where there is none."""
        view = await super().open_thread(product=product, order=order)
        self._held.see(view)
        return view

    @override
    async def upload(self, photo: bytes, *, client_key: str | None = None) -> PhotoView:
        """Stores a photo (JPEG, PNG, WebP or HEIC) for up to 24 hours; post it with `send`."""
        view = await super().upload(photo, client_key=client_key)
        self._held.photos[view.id] = view
        return view

    # For the session.

    def hello(self, ticket: str) -> Hello:
        """`session.Owner`."""
        return Hello(1, ticket, self._held.epoch, self._held.known(), self._locale)

    def welcomed(self, welcome: Welcome) -> None:
        """`session.Owner`."""
        if welcome.reload:
            self._marks.forget()
        self._held.welcome(welcome)
        self._marks.again(self._held.views)
        for thread_id in self._watched:
            self._tasks.start(self._watch_again(thread_id))
        self.listener.connected(welcome)

    def pushed(self, push: Push) -> None:
        """`session.Owner`."""
        self._held.push(push)

    def left(self, code: int | None) -> None:
        """`session.Owner`."""
        self.listener.disconnected(code)

    # How.

    def _heard(self, thread_id: str, event: Event) -> None:
        if self._deliver and (self.me is None or event.author != self.me.id):
            self._marks.reach(thread_id, delivered=event.seq)
        self._readers.hear(Incoming(thread_id, event))

    async def _run(self) -> None:
        await self._session.run()
        self._readers.end()

    def _failed(self, error: BaseException) -> None:
        logger.critical("client.failed", exc_info=error)
        stopped = Stopped(f"The client failed: {error!r}")
        stopped.__cause__ = error
        self._session.stop(stopped)
        self._readers.end()

    async def _watch_again(self, thread_id: str) -> None:
        with contextlib.suppress(Refused, Lost, Stopped):
            await self._session.ask(Watch(1, thread_id))
