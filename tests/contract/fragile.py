"""A PostgreSQL of one's own to hurt, and how long a store may take to notice and to heal."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from chat_server.domain.errors import Unavailable
from chat_server.ports import Query
from chat_server.storage import AnyStore, migrate_url
from tests.contract.stores import connected, eventually
from tests.factories_sql import Pair, happening, posting
from tests.services.postgres import Postgres

IN_TIME_S = 2.0
HEALED_S = 5.0


def _place(*row: Any) -> tuple[int, int] | None:
    return (row[0], row[1])


EARLIER: Query[tuple[int, int] | None] = Query("event_by_client_key", _place)


@contextlib.asynccontextmanager
async def unprivileged_database(server: Postgres) -> AsyncIterator[str]:
    """A migrated database, used as a person whom the server may refuse things."""
    made = server.create_database()
    await migrate_url(made)
    async with connected(made) as db:
        await db.execute("DROP ROLE IF EXISTS parley")
        await db.execute("CREATE ROLE parley LOGIN")
        await db.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO parley")
        await db.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO parley")
    parts = urlsplit(made)
    try:
        yield urlunsplit(parts._replace(netloc=f"parley@{parts.netloc.rpartition('@')[2]}"))
    finally:
        async with connected(made) as db:
            await db.execute("DROP OWNED BY parley")
        server.drop_database(made)


@contextlib.contextmanager
def within(limit_s: float) -> Iterator[None]:
    """Fails where the block took wildly longer; ten seconds more are the machine's, whose cores others share."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < limit_s + 10


async def healed(store: AnyStore) -> None:
    """Returns when it can be read and written again, which must not take long."""
    with within(HEALED_S):
        await eventually(store.ready)


async def outcome_of(work: Awaitable[object]) -> object:
    """What it gave or raised."""
    (outcome,) = await asyncio.gather(work, return_exceptions=True)
    return outcome


async def assert_all_unavailable(work: list[Awaitable[object]]) -> None:
    """Each is refused in time, with a hint when to come again."""
    with within(IN_TIME_S):
        outcomes = await asyncio.gather(*work, return_exceptions=True)
    for outcome in outcomes:
        assert isinstance(outcome, Unavailable), outcome
        assert outcome.retry_after_ms == 1000


def everything(store: AnyStore, pair: Pair) -> list[Awaitable[object]]:
    """Every kind of use, many at once."""
    return [
        *[store.commit(posting(pair.thread, pair.buyer)) for _ in range(300)],
        *[store.commit(happening(pair.thread)) for _ in range(20)],
        *[store.one(EARLIER, client_key="x", me=1) for _ in range(40)],
        store.events_after((0, 0), 10),
        store.stream_end(),
    ]


async def end_sessions(db: Any) -> None:
    """Ends every connection of stores, and returns when they are gone."""
    await db.fetch(
        "SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity WHERE usename = 'parley'"
    )


@contextlib.asynccontextmanager
async def held(
    url: str, thread: int, change: str = "state = state"
) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """Another node's transaction holds this thread; gives what lets it commit.

    It commits as soon as somebody waits for it, or is undone at the end of the block.
    """
    async with connected(url) as db, connected(url) as other:
        await db.execute("BEGIN")
        await db.execute(f"UPDATE threads SET {change} WHERE id = {thread}")

        async def waited_for() -> bool:
            return bool(await other.fetchval("SELECT 1 FROM pg_locks WHERE NOT granted"))

        async def release() -> None:
            await eventually(waited_for)
            await db.execute("COMMIT")

        yield release
        if db.is_in_transaction():
            await db.execute("ROLLBACK")
