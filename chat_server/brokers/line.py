"""One connection to Redis: commands out, their answers in order, what is published in between.

It decides nothing: whoever holds it says when to connect, when it is too silent, and what to send.
"""

import asyncio
import functools
import ssl
from collections import deque
from collections.abc import Callable, Sequence
from typing import cast

from typing_extensions import override

from chat_server.brokers.address import Address
from chat_server.brokers.resp import Garbled, Pushed, Refused, Replies, Reply, command

Answered = Callable[[Reply], None]
"""Told the reply; None where the connection broke before it came."""

PING = command(b"PING")


class LineRefused(ConnectionError):
    """Redis answers, but does not let us in or lacks what we need."""


class Line(asyncio.Protocol):
    """Commands are joined until `flush`. `heard` gets each published payload, `writable` is called
    when a full buffer has drained. Both on the loop, and must not raise.
    """

    def __init__(self, heard: Callable[[bytes], None], writable: Callable[[], None]) -> None:
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.is_full = False
        self._heard = heard
        self._writable = writable
        self._transport: asyncio.Transport | None = None
        self._replies = Replies()
        self._asked: deque[Answered] = deque()
        self._out: list[bytes] = []
        self._spoke = False
        self._silent_ticks = 0

    def call(self, words: bytes, answered: Answered) -> None:
        """Adds a command (`resp.command`) to the next flush."""
        self._asked.append(answered)
        self._out.append(words)

    def flush(self) -> None:
        """Hands everything that was called to the operating system, in one piece."""
        if self._transport is not None and self._out:
            self._transport.write(b"".join(self._out))
        self._out.clear()

    def ask(self, words: bytes) -> asyncio.Future[Reply]:
        """`call` with a future."""
        future: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self.call(words, lambda reply: None if future.done() else future.set_result(reply))
        return future

    def tick(self) -> int:
        """Called at a steady pace: for how many ticks in a row an answer has been owed in silence.

        Ticks, not seconds: a process that was itself stopped for a while blames nobody for it.
        """
        self._silent_ticks = 0 if self._spoke or not self._asked else self._silent_ticks + 1
        self._spoke = False
        if not self._asked:
            self.call(PING, ignore)
            self.flush()
        return self._silent_ticks

    def abort(self) -> None:
        """Ends it now; what was not sent is lost, and every open call is answered with None."""
        if self._transport is not None:
            self._transport.abort()

    # What asyncio calls.

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    @override
    def data_received(self, data: bytes) -> None:
        self._spoke = True
        try:
            replies = self._replies.feed(data)
        except Garbled:
            self.abort()
            return
        for reply in replies:
            if isinstance(reply, Pushed) and reply.parts[:1] == [b"message"]:
                self._heard(cast("bytes", reply.parts[2]))
            elif self._asked:
                # That a subscription holds comes as a push, too, and answers our SUBSCRIBE.
                self._asked.popleft()(reply)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        while self._asked:
            self._asked.popleft()(None)
        if not self.closed.done():
            self.closed.set_result(None)

    @override
    def pause_writing(self) -> None:
        self.is_full = True

    @override
    def resume_writing(self) -> None:
        self.is_full = False
        self._writable()


def ignore(reply: Reply) -> None:
    """For answers that tell nothing."""


def _expect(reply: Reply) -> None:
    if reply is None:
        raise ConnectionResetError("hung up during the greeting")
    if isinstance(reply, Refused):
        raise LineRefused(reply.text)


@functools.cache
def trusted_tls() -> ssl.SSLContext:
    """Reading the system's certificates takes long enough to do it once."""
    return ssl.create_default_context()


async def open_line(address: Address, line: Line, greeting: Sequence[bytes]) -> None:
    """Connects, authenticates, chooses the database and says the greeting (commands).

    Raises OSError, of which LineRefused is one. Waits without limit: bound it from outside.
    """
    loop = asyncio.get_running_loop()
    if address.path:
        await loop.create_unix_connection(lambda: line, address.path)
    else:
        tls = trusted_tls() if address.tls else None
        await loop.create_connection(lambda: line, address.host, address.port, ssl=tls)
    try:
        hello = [b"HELLO", b"3"]
        if address.password:
            hello += [b"AUTH", address.user.encode(), address.password.encode()]
        select = [command(b"SELECT", b"%d" % address.db)] if address.db else []
        answers = [line.ask(words) for words in (command(*hello), *select, *greeting)]
        line.flush()
        for answer in answers:
            _expect(await answer)
    except BaseException:
        line.abort()
        raise
