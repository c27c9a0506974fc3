"""The engine for several processes, on PostgreSQL 14 or newer; nothing above knows which it has."""

import asyncio
import secrets
from collections.abc import Sequence
from typing import Any, Final, TypeVar

import asyncpg

from chat_server.domain.errors import Unavailable
from chat_server.domain.events import Event
from chat_server.ports import (
    Applied,
    Commit,
    CommitSink,
    Conflict,
    Cursor,
    Done,
    Outcome,
    Query,
    Statement,
    Value,
)
from chat_server.storage.migrate import pending
from chat_server.storage.postgres_batches import marking, posting
from chat_server.storage.postgres_commit import Committing
from chat_server.storage.postgres_errors import DRIVER_ERRORS, translate
from chat_server.storage.postgres_lines import IN_FLIGHT, Job, Lines
from chat_server.storage.postgres_pool import Connection, Connections
from chat_server.storage.queries import Prepared, load

Row = TypeVar("Row")

CONNECTIONS: Final = 8
"""For reads and single writes; batches of messages and of marks have their own."""

ANSWER_WITHIN_S: Final = 1.8
"""Whoever asks a database that does not answer is told so within 2 s (PROMISES: database down)."""

MIGRATION_LOCK: Final = 0x5061726C6579
"""Any number that nobody else locks: of two nodes that migrate at once, one waits."""


async def migrate(url: str, up_to: int | None = None) -> int:
    """Brings a database up to date, or to an older version; returns its schema version."""
    db: Connection = await asyncpg.connect(url, timeout=10)
    try:
        await db.execute("SELECT pg_advisory_lock($1)", MIGRATION_LOCK)
        await db.execute(
            "CREATE TABLE IF NOT EXISTS schema_version"
            " (number BIGINT PRIMARY KEY, name TEXT NOT NULL)"
        )
        version = await _version(db)
        for step in pending("postgres", version):
            if up_to is not None and step.number > up_to:
                break
            async with db.transaction():
                await db.execute(step.sql)
                await db.execute(
                    "INSERT INTO schema_version VALUES ($1, $2)", step.number, step.name
                )
            version = step.number
        await db.execute(
            "INSERT INTO meta VALUES ('epoch', $1) ON CONFLICT (key) DO NOTHING",
            secrets.token_hex(16),
        )
    finally:
        await db.close()
    return version


async def _version(db: Connection) -> int:
    return int(await db.fetchval("SELECT COALESCE(MAX(number), 0) FROM schema_version"))


class PostgresStore:
    """`ports.Store` on one database, which other nodes may use too.

    Open with `start`, close with `stop`. An event that a lost connection leaves in doubt may be in
    the store without the sink having heard of it; whoever follows `events_after` finds it.
    """

    def __init__(self, url: str) -> None:
        self._prepared = load("postgres")
        self._connections = Connections(url, CONNECTIONS)
        self._writers = Connections(url, IN_FLIGHT + 2, plan_cache_mode="force_generic_plan")
        self._lines = Lines(
            posting(self._writers, self._prepared).apply,
            marking(self._writers, self._prepared).apply,
            Committing(self._connections, self._prepared).apply,
            Committing(self._writers, self._prepared).apply_together,
            self._told,
            ANSWER_WITHIN_S,
        )
        self._sink: CommitSink | None = None
        self._epoch = ""

    @property
    def epoch(self) -> str:
        """Random; another one means that history was rewritten by a restore."""
        return self._epoch

    async def start(self, sink: CommitSink | None = None) -> None:
        """Begins to read and write a database whose schema is up to date.

        Raises Unavailable where there is none, RuntimeError where it cannot be used as it is.
        """
        self._sink = sink
        try:
            await self._look_around()
        except BaseException:
            await self.stop()
            raise

    async def _look_around(self) -> None:
        (made,) = await self._row("SELECT to_regclass('schema_version') IS NOT NULL")
        (version,) = await self._row("SELECT MAX(number) FROM schema_version") if made else (0,)
        if pending("postgres", version or 0):
            raise RuntimeError("The database is not up to date: run `parley migrate`.")
        (self._epoch,) = await self._row("SELECT value FROM meta WHERE key = 'epoch'")
        if await self._row(
            "SELECT 1 FROM events WHERE tx >= pg_snapshot_xmax(pg_current_snapshot()) LIMIT 1"
        ):
            raise RuntimeError(
                "This database was copied from another server by other means than `parley "
                "restore`, so that the places of its events lie in the future: make a `parley "
                "backup` of it, and restore that."
            )

    async def stop(self) -> None:
        """Finishes what was submitted, then closes everything."""
        await self._lines.finish()
        await self._writers.close()
        await self._connections.close()

    # Writing.

    def submit(self, commit: Commit, done: Done) -> None:
        """Queues a Commit; `done` is called on the loop with what became of it. Never raises."""
        self._lines.add(commit, done)

    async def commit(self, commit: Commit) -> Applied:
        """Applies a Commit durably, or raises Conflict, Unavailable or StorageFull."""
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self.submit(commit, lambda outcome: None if future.done() else future.set_result(outcome))
        outcome = await future
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def _told(self, jobs: Sequence[Job], outcomes: Sequence[Outcome]) -> None:
        if self._sink is not None:
            events = [
                (job.commit, outcome)
                for job, outcome in zip(jobs, outcomes, strict=True)
                if job.commit.draft is not None and isinstance(outcome, Applied)
            ]
            if events:
                self._sink.committed(events)
        for job, outcome in zip(jobs, outcomes, strict=True):
            job.done(outcome)

    # Reading.

    async def _fetch(self, name: str, sql: str, values: Sequence[Value]) -> list[Any]:
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S), self._connections.lend() as db:
                return await db.fetch(sql, *values)
        except DRIVER_ERRORS as error:
            raise translate(error, name) from error

    async def _row(self, sql: str) -> tuple[Any, ...]:
        rows = await self._fetch("start", sql, ())
        return tuple(rows[0]) if rows else ()

    async def _read(self, prepared: Prepared, **params: Value) -> list[Any]:
        return await self._fetch(prepared.name, prepared.sql, [params[p] for p in prepared.params])

    async def all(self, query: Query[Row], **params: Value) -> list[Row]:
        """Every row of a SELECT."""
        make = query.row
        return [make(*row) for row in await self._read(self._prepared[query.name], **params)]

    async def one(self, query: Query[Row], **params: Value) -> Row | None:
        """The only row of a SELECT, or None."""
        rows = await self.all(query, **params)
        return rows[0] if rows else None

    async def events_after(self, cursor: Cursor, limit: int) -> tuple[list[Event], Cursor]:
        """Committed events after a place in the stream of all, oldest first, and the new place.

        A place is (transaction, position). Rows of transactions younger than the oldest open one
        are held back, so that none appears behind a place once it was given; and in this order the
        seq of each thread rises (see `events` in the schema), wherever the limit cuts.
        """
        rows = await self._read(
            self._prepared["stream_events"], tx=cursor[0], position=cursor[1], limit=limit
        )
        place = (rows[-1][0], rows[-1][1]) if rows else cursor
        return [Event(*tuple(row)[2:]) for row in rows], place

    async def stream_end(self) -> Cursor:
        """The place after the last event that no open transaction can still come before."""
        rows = await self._read(self._prepared["stream_end"])
        return (rows[0][0], rows[0][1]) if rows else (0, 0)

    def match_expression(self, all_of: Sequence[Sequence[str]]) -> str:
        """The `match` of `search_messages`: all of these, of each any; `word*` is a prefix."""
        return " & ".join(f"({' | '.join(map(_lexeme, any_of))})" for any_of in all_of)

    async def ready(self) -> bool:
        """Whether it can be read and written now."""
        try:
            await self.commit(Commit([Statement("put_meta", {"key": "ready", "value": "1"})]))
        except (Unavailable, Conflict):
            return False
        return True


def _lexeme(token: str) -> str:
    word = token.removesuffix("*").replace("\\", "\\\\").replace("'", "''")
    return f"'{word}':*" if token.endswith("*") else f"'{word}'"
