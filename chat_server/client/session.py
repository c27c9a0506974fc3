"""Being connected: comes back for ever, with a fresh ticket each time, unless told to stay away."""

import asyncio
import logging
import ssl
from collections.abc import Callable
from typing import Final, Protocol, TypeVar

from websockets.exceptions import ConnectionClosed, WebSocketException

from chat_server.client.chance import pause
from chat_server.client.connection import Connection, open_connection
from chat_server.client.errors import Lost, Refused, Stopped, Unreachable
from chat_server.wire.codes import CLOSE_REASONS, CloseCode, may_come_back
from chat_server.wire.frames import Answer, Command, Failed, Hello, Push, RenewToken, Welcome

logger = logging.getLogger("parley.client")

RENEW_BEFORE_S: Final = 60.0
BAD_TICKETS: Final = 3
"""A ticket that is not believed may only have grown too old on a slow way: so often another is tried."""


Kind = TypeVar("Kind")


class Owner(Protocol):
    """Whoever knows what is said on a connection."""

    async def ticket(self) -> str:
        """A fresh one. Raises Refused, Unreachable."""

    def hello(self, ticket: str) -> Hello:
        """What is held already."""

    def welcomed(self, welcome: Welcome) -> None:
        """Called before anything that is pushed on that connection."""

    def pushed(self, push: Push) -> None:
        """In the order of the frames."""

    def left(self, code: int | None) -> None:
        """The connection has ended."""


class Session:
    """`run` it in a task; `ask` and `tell` wait until there is a connection."""

    def __init__(
        self, url: str, owner: Owner, backoff: tuple[float, float], tls: ssl.SSLContext | None
    ) -> None:
        self._url, self._owner, self._backoff, self._tls = url, owner, backoff, tls
        self._connection: Connection | None = None
        self._changed = asyncio.Event()
        self._tickets_refused = 0
        self.stopped: Stopped | None = None
        """Set once it will not come back by itself."""

    @property
    def connection(self) -> Connection | None:
        """The one that is open now."""
        return self._connection

    async def ready(self) -> Connection:
        """Waits for an open connection. Raises Stopped."""
        while True:
            if self.stopped is not None:
                raise self.stopped
            if self._connection is not None:
                return self._connection
            await self._changed.wait()

    async def ask(self, command: Command) -> Answer:
        """Asks once. Raises Refused, Lost, Stopped."""
        connection = await self.ready()
        try:
            return await connection.ask(command)
        except Lost:
            while self._connection is connection:
                await self._changed.wait()
            raise

    async def ask_on(self, command: Command) -> Answer:
        """Asks until there is an answer; for what may be asked twice. Raises Refused, Stopped."""
        while True:
            try:
                return await self.ask(command)
            except Lost:
                continue

    async def tell(self, command: Command, refused: Callable[[Failed], None]) -> bool:
        """Says something if there is a connection; False where there was none."""
        if self._connection is None:
            return False
        try:
            await self._connection.tell(command, refused)
        except Lost:
            return False
        return True

    async def run(self) -> None:
        """Connects, listens, comes back; returns once it must stay away."""
        attempt = 0
        while self.stopped is None:
            wait = 0.0
            try:
                connection, welcome = await self._open()
            except (Refused, Unreachable, WebSocketException, OSError, EOFError) as error:
                wait = self._failed(error)
            else:
                attempt = 0
                await self._attend(connection, welcome)
            if self.stopped is None:
                await asyncio.sleep(max(wait, pause(attempt, *self._backoff)))
                attempt += 1

    def stop(self, why: Stopped) -> None:
        """It does not come back; whoever waits for a connection is told why."""
        self.stopped = why
        if self._connection is not None:
            self._connection.cut()
        self._wake()

    async def leave(self) -> None:
        """Says goodbye on the open connection."""
        if self._connection is not None:
            await self._connection.close()

    async def _open(self) -> tuple[Connection, Welcome]:
        hello = self._owner.hello(await self._owner.ticket())
        return await open_connection(self._url, hello, self._owner.pushed, self._tls)

    async def _attend(self, connection: Connection, welcome: Welcome) -> None:
        """From the welcome to the end. What was read with the welcome is heard only after it."""
        self._tickets_refused = 0
        self._owner.welcomed(welcome)
        self._connection = connection
        self._wake()
        code = None
        renewing = asyncio.get_running_loop().create_task(self._renew(connection, welcome))
        try:
            code = await connection.listen()
        finally:
            renewing.cancel()
            self._connection = None
            self._owner.left(code)
            self._wake()
        if code is not None:
            self._heed(code)

    def _failed(self, error: Exception) -> float:
        """What to make of a failed try: seconds to wait at least, or `stopped`."""
        logger.debug("client.not_connected", extra={"error": repr(error)})
        if isinstance(error, Refused):
            if not error.retryable and (error.status or 0) < 500:
                self.stop(Stopped(str(error)))
            return (error.retry_after_ms or 0) / 1000
        if isinstance(error, ConnectionClosed) and error.rcvd is not None:
            self._heed(error.rcvd.code)
        return 0.0

    def _heed(self, code: int) -> None:
        if code == CloseCode.BAD_TICKET:
            self._tickets_refused += 1
            if self._tickets_refused < BAD_TICKETS:
                return
        if not may_come_back(code):
            known = code in CloseCode._value2member_map_
            why = CLOSE_REASONS[CloseCode(code)] if known else "The server ended the connection."
            self.stop(Stopped(why, code))

    def _wake(self) -> None:
        """Whoever waits for a change looks again."""
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def _renew(self, connection: Connection, welcome: Welcome) -> None:
        """A fresh ticket before the token runs out; where that fails the server says `expired` in the end."""
        if welcome.expires_at is None:
            return
        life = (welcome.expires_at - welcome.now) / 1000
        wait = max(life / 2, life - RENEW_BEFORE_S)
        while True:
            await asyncio.sleep(max(1.0, wait))
            try:
                await connection.ask(RenewToken(id=1, ticket=await self._owner.ticket()))
            except (Refused, Unreachable):
                wait = RENEW_BEFORE_S / 4
            except Lost:
                return


def expect(answer: Answer, kind: type[Kind]) -> Kind:
    """The answer that the protocol promises to a command."""
    assert isinstance(answer, kind), f"The server answered with {type(answer).__name__}."
    return answer
