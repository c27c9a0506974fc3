"""Connections to PostgreSQL, lent one at a time; what is asked over them is not known here.

Not asyncpg's own pool: that one asks the server to reset a connection whenever it comes back, and
waits for the answer; here one that may be in an unknown state is closed and another opened.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final, Protocol

import asyncpg

CONNECT_WITHIN_S: Final = 1.5
STATEMENTS_KEPT: Final = 512
"""More than there are in the SQL files: each is parsed once a connection."""

SETTINGS: Final[Mapping[str, str]] = {
    "application_name": "parley",
    "synchronous_commit": "on",
    # Locks of a node that froze in the middle of a transaction go free after this long.
    "idle_in_transaction_session_timeout": "5000",
    "lock_timeout": "1500",
    "statement_timeout": "5000",
    # Our statements walk along indexes. Their plans are kept, so they must be the same on the first
    # day, when the tables are empty and a scan looks cheap, as at ten million messages.
    "enable_seqscan": "off",
    "jit": "off",
}


class Connection(Protocol):
    """What is used of asyncpg's connections, which come without types."""

    async def execute(self, sql: str, *values: Any) -> str:
        """Runs it and returns its status, such as `UPDATE 1`."""

    async def executemany(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Runs it once for each, without waiting in between."""

    async def fetchmany(self, sql: str, rows: Sequence[Sequence[Any]]) -> list[Any]:
        """The same, and what each of them returns, one after the other."""

    async def fetch(self, sql: str, *values: Any) -> list[Any]:
        """Its rows, each a sequence and a mapping."""

    async def fetchval(self, sql: str, *values: Any) -> Any:
        """The first column of its first row."""

    def transaction(self, **options: Any) -> contextlib.AbstractAsyncContextManager[None]:
        """Everything in the block, or nothing."""

    def is_closed(self) -> bool:
        """Whether it is of no more use."""

    def is_in_transaction(self) -> bool:
        """Whether one was begun and has not ended."""

    def terminate(self) -> None:
        """Closes it without a word to the server."""

    async def close(self, *, timeout: float | None = None) -> None:
        """Closes it in good order."""


class Connections:
    """At most `limit` open connections; whoever finds none free waits his turn."""

    def __init__(self, url: str, limit: int, **settings: str) -> None:
        self._url = url
        self._limit = limit
        self._settings = {**SETTINGS, **settings}
        self._free: list[Connection] = []
        self._open = 0
        self._queue: deque[asyncio.Future[Connection | None]] = deque()

    @contextlib.asynccontextmanager
    async def lend(self) -> AsyncIterator[Connection]:
        """A connection outside any transaction.

        It is kept unless something else than the server's refusal comes out of the block, or a
        transaction is left open. Set a time limit around it: it waits for as long as it must.
        """
        connection = await self._take()
        try:
            yield connection
        except asyncpg.PostgresError:
            self._give_back(connection)
            raise
        except BaseException:
            connection.terminate()
            self._give_back(connection)
            raise
        self._give_back(connection)

    async def close(self) -> None:
        """Closes those that are free, which are all when nobody works any more."""
        for connection in self._free:
            with contextlib.suppress(
                OSError, TimeoutError, asyncpg.InterfaceError, asyncpg.PostgresError
            ):
                await connection.close(timeout=CONNECT_WITHIN_S)
        self._open -= len(self._free)
        self._free.clear()

    async def _take(self) -> Connection:
        while True:
            while self._free:
                connection = self._free.pop()
                if not connection.is_closed():
                    return connection
                self._open -= 1
            if self._open < self._limit:
                return await self._connect()
            if (given := await self._wait()) is not None:
                return given

    async def _connect(self) -> Connection:
        self._open += 1
        try:
            connection: Connection = await asyncpg.connect(
                self._url,
                timeout=CONNECT_WITHIN_S,
                statement_cache_size=STATEMENTS_KEPT,
                max_cached_statement_lifetime=0,
                server_settings=self._settings,
            )
            return connection
        except BaseException:
            self._open -= 1
            self._call_next(None)
            raise

    async def _wait(self) -> Connection | None:
        """A connection, or None when there is room to open one."""
        turn: asyncio.Future[Connection | None] = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._pass_on(turn.result())
            raise

    def _give_back(self, connection: Connection) -> None:
        if connection.is_closed() or connection.is_in_transaction():
            connection.terminate()
            self._open -= 1
            self._call_next(None)
        elif not self._call_next(connection):
            self._free.append(connection)

    def _pass_on(self, given: Connection | None) -> None:
        if given is not None:
            self._give_back(given)
        else:
            self._call_next(None)

    def _call_next(self, connection: Connection | None) -> bool:
        while self._queue:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(connection)
                return True
        return False
