"""Stores for the contract suite: fresh ones on either engine, and a look behind their backs."""

import asyncio
import contextlib
import shutil
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import asyncpg
import pytest

from chat_server.ports import Applied, Commit
from chat_server.storage import AnyStore, migrate_url, open_store, postgres, postgres_pool, sqlite
from chat_server.storage.queries import Prepared
from tests.patience import PATIENCE_S
from tests.services.postgres import Postgres


class Recorder:
    """A sink that remembers, and whom others can wait for."""

    def __init__(self) -> None:
        self.told: list[tuple[Commit, Applied]] = []

    def committed(self, events: Sequence[tuple[Commit, Applied]]) -> None:
        self.told.extend(events)

    def seqs_of(self, thread_id: int) -> list[int]:
        """The places that it was told of, in that order."""
        return [
            applied.rows[0][0]
            for commit, applied in self.told
            if commit.draft is not None and commit.draft.thread_id == thread_id and applied.rows[0]
        ]


class Backend(Protocol):
    """One empty database and the stores that are open on it."""

    url: str

    async def open(self, sink: Recorder | None = None) -> AnyStore:
        """One more store on this database."""

    async def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """What stands in it, asked over another connection."""

    async def columns(self, statement: Prepared) -> dict[str, str]:
        """What a SELECT gives: names, and types where the engine knows them."""

    async def close(self) -> None:
        """Closes all that was opened."""


class _Opened:
    def __init__(self, url: str) -> None:
        self.url = url
        self._stores: list[AnyStore] = []

    async def open(self, sink: Recorder | None = None) -> AnyStore:
        store = open_store(self.url)
        await store.start(sink)
        self._stores.append(store)
        return store

    async def close(self) -> None:
        for store in self._stores:
            await store.stop()
        self._stores.clear()


class SqliteBackend(_Opened):
    """A file, cloned from a prepared one."""

    def __init__(self, folder: Path, template: Path) -> None:
        path = folder / "store.sqlite3"
        shutil.copy(template, path)
        super().__init__(f"sqlite:///{path}")
        self._path = path

    async def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with contextlib.closing(sqlite3.connect(self._path, isolation_level=None)) as db:
            return db.execute(sql, values).fetchall()

    async def columns(self, statement: Prepared) -> dict[str, str]:
        with contextlib.closing(sqlite3.connect(self._path, isolation_level=None)) as db:
            db.execute("BEGIN")
            description = db.execute(statement.sql, ["1"] * len(statement.params)).description
            return {column[0]: "" for column in description or ()}


class PostgresBackend(_Opened):
    """A database, copied from a prepared one."""

    async def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        async with connected(self.url) as db:
            return [tuple(row) for row in await db.fetch(sql, *values)]

    async def columns(self, statement: Prepared) -> dict[str, str]:
        async with connected(self.url) as db:
            prepared = await db.prepare(statement.sql)
            return {column.name: column.type.name for column in prepared.get_attributes()}


async def eventually(condition: Callable[[], Awaitable[bool]]) -> None:
    """Asks again and again until it holds, of a database that tells nobody when it changes."""
    async with asyncio.timeout(PATIENCE_S):
        while not await condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def connected(url: str) -> AsyncIterator[Any]:
    """A connection of the test's own."""
    db = await asyncpg.connect(url)
    try:
        yield db
    finally:
        await db.close()


def sqlite_template(folder: Path) -> Path:
    """A migrated file to clone."""
    path = folder / "template.sqlite3"
    sqlite.migrate(path)
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


async def _migrate(url: str) -> None:
    await migrate_url(url)


@contextlib.contextmanager
def postgres_backend(server: Postgres) -> Any:
    """A migrated database for the length of a `with`."""
    with patience(), server.database(server.template("parley", _migrate)) as url:
        yield PostgresBackend(url)


@contextlib.contextmanager
def patience() -> Iterator[None]:
    """Stores on PostgreSQL wait for as long as a slow machine takes; how soon they give up has its own tests."""
    limits = ("idle_in_transaction_session_timeout", "lock_timeout", "statement_timeout")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postgres, "ANSWER_WITHIN_S", 60.0)
        patch.setattr(postgres_pool, "CONNECT_WITHIN_S", 60.0)
        for limit in limits:
            patch.setitem(postgres_pool.SETTINGS, limit, "60000")
        yield
