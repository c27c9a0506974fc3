"""One socket from its hello to its end: answers find whoever asked, pushes go to one place."""

import asyncio
import contextlib
import logging
import ssl
from collections.abc import Callable
from typing import Final

import msgspec
from msgspec.structs import replace
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from chat_server.client.errors import Lost, Refused
from chat_server.wire.codec import encode
from chat_server.wire.codes import PROTOCOL
from chat_server.wire.frames import (
    Answer,
    Command,
    DeskNews,
    Failed,
    Hello,
    Push,
    ServerFrame,
    Welcome,
)

logger = logging.getLogger("parley.client")

OPEN_S: Final = 20.0
"""A socket that has not been welcomed by then is given up."""

ANSWER_S: Final = 15.0
"""A command that is not answered by then means that the connection is dead."""

PING_S: Final = 20.0
MOST_BYTES: Final = 64 * 1024 * 1024
"""Of one frame: a welcome after a long absence holds up to fifty events of each of 500 threads."""

_decoder: Final[msgspec.json.Decoder[ServerFrame]] = msgspec.json.Decoder(ServerFrame)


class Connection:
    """Made by `open_connection`; good until `listen` returns."""

    def __init__(self, socket: ClientConnection, pushed: Callable[[Push], None]) -> None:
        self._socket = socket
        self._pushed = pushed
        self._asked: dict[int, asyncio.Future[Answer]] = {}
        self._told: dict[int, Callable[[Failed], None]] = {}
        self._number = 0

    async def ask(self, command: Command) -> Answer:
        """Sends a command and waits for its answer. Raises Refused, Lost."""
        self._number += 1
        number = self._number
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._asked[number] = answer
        try:
            await self._send(replace(command, id=number))
            async with asyncio.timeout(ANSWER_S):
                return await answer
        except TimeoutError:
            self.cut()
            raise Lost from None
        finally:
            self._asked.pop(number, None)
            if answer.done() and not answer.cancelled():
                answer.exception()  # Looked at, also where sending had failed before.

    async def tell(self, command: Command, refused: Callable[[Failed], None]) -> None:
        """Sends a command that is answered only where something is wrong. Raises Lost."""
        self._number += 1
        if len(self._told) >= 32:  # Refusals come soon or never.
            del self._told[next(iter(self._told))]
        self._told[self._number] = refused
        await self._send(replace(command, id=self._number))

    async def listen(self) -> int | None:
        """Takes frames until the connection ends; its close code, None where there was none."""
        try:
            while True:
                self._take(await self._socket.recv(decode=False))
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd is not None else None
        finally:
            for answer in self._asked.values():
                if not answer.done():
                    answer.set_exception(Lost())
            self.cut()

    async def close(self) -> None:
        """Says goodbye."""
        await self._socket.close()

    def cut(self) -> None:
        """Ends it without a word: nobody is there any more."""
        self._socket.transport.abort()

    async def _send(self, command: Command) -> None:
        try:
            await self._socket.send(encode(command), text=True)
        except ConnectionClosed:
            raise Lost from None

    def _take(self, raw: bytes) -> None:
        frame = decoded(raw)
        if frame is None:
            return
        if isinstance(frame, Push):
            self._pushed(frame)
        elif isinstance(frame, DeskNews):
            return  # Only the console's sockets are told of the desk.
        elif (waiting := self._asked.get(frame.id or 0)) is not None:
            settle(waiting, frame)
        elif isinstance(frame, Failed) and (told := self._told.pop(frame.id or 0, None)):
            told(frame)


def decoded(raw: bytes) -> ServerFrame | None:
    """A frame of the server, or None for one that this client does not know."""
    try:
        return _decoder.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        logger.warning("client.unknown_frame", extra={"bytes": len(raw)})
        return None


def settle(waiting: asyncio.Future[Answer], answer: Answer) -> None:
    """Gives an answer to whoever waits for it; a refusal as an exception."""
    if waiting.done():
        return
    if isinstance(answer, Failed):
        waiting.set_exception(refusal(answer))
    else:
        waiting.set_result(answer)


def refusal(failed: Failed) -> Refused:
    """An error frame as an exception."""
    return Refused(
        failed.code,
        failed.message,
        reason=failed.reason,
        retryable=failed.retryable,
        retry_after_ms=failed.retry_after_ms,
    )


async def open_connection(
    url: str, hello: Hello, pushed: Callable[[Push], None], tls: ssl.SSLContext | None = None
) -> tuple[Connection, Welcome]:
    """Connects and says hello. Raises Refused, ConnectionClosed, and what the network raises."""
    async with asyncio.timeout(OPEN_S):
        socket = await connect(
            url,
            subprotocols=[Subprotocol(PROTOCOL)],
            compression=None,
            proxy=None,
            ssl=tls,
            open_timeout=OPEN_S,
            close_timeout=1.0,
            ping_interval=PING_S,
            ping_timeout=PING_S / 2,
            max_size=MOST_BYTES,
        )
        try:
            await socket.send(encode(hello), text=True)
            return Connection(socket, pushed), await _welcome(socket)
        except BaseException:
            with contextlib.suppress(Exception):
                socket.transport.abort()
            raise


async def _welcome(socket: ClientConnection) -> Welcome:
    """The first frame that counts: nothing is pushed before the welcome."""
    while True:
        frame = decoded(await socket.recv(decode=False))
        if isinstance(frame, Welcome):
            return frame
        if isinstance(frame, Failed):
            raise refusal(frame)
