"""One node of Parley inside the test process: its real application on a real SQLite file, with a clock that
the test sets. HTTP goes through ASGI, sockets through the real server on loopback.
"""

import asyncio
import contextlib
import itertools
import secrets
import shutil
import socket
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, Final

import anyio
import argon2
import httpx2
from typing_extensions import override
from uvicorn.lifespan.off import LifespanOff

from chat_server.actions.context import Context
from chat_server.actions.live_faq import LiveFaq
from chat_server.app import Node, create_app, server_of
from chat_server.domain.ids import make_id
from chat_server.gateways.clock import SystemClock, SystemIds
from chat_server.gateways.passwords import Argon2
from chat_server.realtime.transport import Server
from chat_server.settings import Settings
from chat_server.storage import migrate_url
from tests.api.line import Line
from tests.api.raw import RawSocket
from tests.patience import PATIENCE_S

T0: Final = 1_800_000_000_000
"""When the tests begin, in milliseconds."""

SECOND: Final = 1000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR

HOST: Final = "chat.example"
JWT_KEY: Final = "jwt-key-0123456789-abcdefghijklmnop"
OTHER_JWT_KEY: Final = "jwt-key-9876543210-ponmlkjihgfedcba"
API_KEY: Final = "api-key-0123456789-abcdefghijklmnop"
OTHER_API_KEY: Final = "api-key-9876543210-ponmlkjihgfedcba"


class SetClock(SystemClock):
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = T0

    @override
    def now_ms(self) -> int:
        """As it was set."""
        return self.at

    def advance(self, ms: int) -> None:
        """Time passes."""
        self.at += ms


LIGHT: Final = argon2.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
"""Real hashes of little work: a thousand colleagues sign in here."""


class CountedIds(SystemIds):
    """A clock that stands still would soon give an id twice: these are counted."""

    def __init__(self, clock: SystemClock) -> None:
        super().__init__(clock)
        self._numbers = itertools.count(1)

    @override
    def new_id(self) -> int:
        """Rises with time, and with every call."""
        return make_id(self._clock.now_ms(), next(self._numbers))


def make_settings(folder: Path, **changes: Any) -> Settings:
    """Settings of a node whose files are in a folder; limits are wide, so that tests meet only their own."""
    values: dict[str, Any] = {
        "base_url": f"https://{HOST}",
        "port": 0,
        "store": f"sqlite:///{folder / 'store.sqlite3'}",
        "photo_store": str(folder / "photos"),
        "jwt_keys": {"one": JWT_KEY, "two": OTHER_JWT_KEY},
        "api_keys": {"backend": API_KEY, "second": OTHER_API_KEY},
        "origins": ("https://shop.example",),
        "message_rate": 1e6,
        "message_burst": 1_000_000,
        "request_rate": 1e6,
        "request_burst": 1_000_000,
        "frame_rate": 1e6,
        "frame_burst": 1_000_000,
        "drain_seconds": 0.0,
        # It takes a second to build: those who ask it turn it on.
        "bot": False,
    }
    return Settings(**{**values, **changes})


def make_template(folder: Path) -> Path:
    """A migrated store to copy."""
    path = folder / "template.sqlite3"
    asyncio.run(migrate_url(f"sqlite:///{path}"))
    return path


async def until(condition: Callable[[], object]) -> None:
    """Waits for something that happens by itself, here or in another process."""
    with anyio.fail_after(PATIENCE_S):
        while not condition():  # noqa: ASYNC110  # It has no event of its own.
            await anyio.sleep(0.002)


class Parley:
    """A running node."""

    def __init__(self, settings: Settings, clock: SetClock) -> None:
        self.settings = settings
        self.clock = clock
        self.app = create_app(settings)
        self.node: Node = self.app.state.node
        self.node.clock = clock
        self.node.ids = CountedIds(clock)
        self.node.passwords = Argon2(LIGHT)
        self._server: Server | None = None
        self._port = 0
        self._raw: list[RawSocket] = []

    @property
    def ctx(self) -> Context:
        """What its actions use."""
        return self.node.context()

    def rows(self, sql: str, *params: Any) -> list[tuple[Any, ...]]:
        """What is stored, as it is stored."""
        with contextlib.closing(
            sqlite3.connect(self.settings.store.removeprefix("sqlite:///"))
        ) as db:
            return db.execute(sql, params).fetchall()

    def client(self, **options: Any) -> httpx2.AsyncClient:
        """An HTTP client of somebody unknown, as a browser on the server's own host."""
        headers = {"host": HOST, **options.pop("headers", {})}
        peer = (options.pop("address", "127.0.0.1"), 40_000)
        transport = httpx2.ASGITransport(self.app, raise_app_exceptions=False, client=peer)
        return httpx2.AsyncClient(
            transport=transport,
            base_url=options.pop("base_url", f"https://{HOST}/api/v1"),
            headers=headers,
            **options,
        )

    async def port(self) -> int:
        """Where its real server listens; it is started when first asked for."""
        if self._server is None:
            server = self._server = server_of(self.app)
            server.config.load()
            server.lifespan = LifespanOff(server.config)
            listener = socket.create_server(("127.0.0.1", self.settings.port))
            listener.setblocking(False)
            self._port = listener.getsockname()[1]
            await server.startup(sockets=[listener])
        return self._port

    async def line(self, **options: Any) -> Line:
        """A socket that has said nothing yet."""
        return await Line.open(await self.port(), host=HOST, **options)

    async def raw(self, *, upgraded: bool = True, buffer: int = 0) -> RawSocket:
        """A connection of bare bytes."""
        raw = await RawSocket.connect(await self.port(), buffer=buffer)
        self._raw.append(raw)
        if upgraded:
            await raw.shake(HOST)
        return raw

    async def hang_up(self) -> None:
        """Ends the real server with all its connections."""
        for raw in self._raw:
            await raw.abort()
        if self._server is None:
            return
        for listening in self._server.servers:
            listening.close()
        for connection in tuple(self._server.server_state.connections):
            connection.transport.abort()
        await until(lambda: not self._server or not self._server.server_state.connections)


@contextlib.asynccontextmanager
async def running(
    folder: Path,
    template: Path,
    clock: SetClock | None = None,
    faq: LiveFaq | None = None,
    **changes: Any,
) -> AsyncIterator[Parley]:
    """A node for the length of an `async with`, on what the folder holds already; with a bot that is built already."""
    settings = make_settings(folder, **changes)
    store = folder / "store.sqlite3"
    if not store.exists() and settings.store.startswith("sqlite"):
        shutil.copy(template, store)
    parley = Parley(settings, clock or SetClock())
    if faq is not None:
        parley.node.faq = faq
    async with parley.app.router.lifespan_context(parley.app):
        try:
            yield parley
        finally:
            await parley.hang_up()


def fresh_key() -> str:
    """A client key that nothing else has."""
    return secrets.token_urlsafe(18)
