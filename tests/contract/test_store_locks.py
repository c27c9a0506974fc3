"""PostgreSQL's locks: who meets another waits or tries again, and nobody else does."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from typing import Any

import anyio
import pytest

from benchmarks import deadlines
from chat_server.domain.disputes import Dispute
from chat_server.domain.errors import Unavailable
from chat_server.ports import Commit, Conflict, Statement, Value
from chat_server.storage import AnyStore, open_store
from chat_server.storage.postgres import PostgresStore
from chat_server.storage.queries import load
from tests.contract.fragile import (
    IN_TIME_S,
    assert_all_unavailable,
    end_sessions,
    healed,
    held,
    outcome_of,
    within,
)
from tests.contract.stores import Recorder, connected, eventually, patience
from tests.factories_sql import happening, meet, post, posting, seq_of
from tests.services.postgres import Postgres


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def store(url: str, sink: Recorder) -> AsyncIterator[AnyStore]:
    store = open_store(url)
    await store.start(sink)
    yield store
    await store.stop()


@pytest.fixture
def patient() -> Iterator[None]:
    """For those who wait for a lock that goes free as soon as somebody waits for it."""
    with patience():
        yield


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("how", ["posting", "happening"])
async def test_a_transaction_that_met_another_is_tried_again(
    store: AnyStore, url: str, fragile: Postgres, how: str
) -> None:
    pair = await meet(store)
    commit = posting(pair.thread, pair.buyer) if how == "posting" else happening(pair.thread)
    async with connected(fragile.url) as db:
        await db.execute("ALTER ROLE parley SET default_transaction_isolation = 'repeatable read'")
        await end_sessions(db)
    await healed(store)

    async with held(url, pair.thread, "last_at = last_at + 1") as release:
        waiting = asyncio.gather(store.commit(commit))
        await release()
        (applied,) = await waiting

    assert seq_of(applied) == 1


@pytest.mark.usefixtures("patient")
async def test_a_thread_held_elsewhere_keeps_only_its_own_messages_waiting(
    store: AnyStore, url: str, sink: Recorder
) -> None:
    stuck, free = await meet(store), await meet(store)
    async with held(url, stuck.thread) as release:
        waiting = asyncio.gather(
            *[store.commit(posting(stuck.thread, stuck.buyer, str(n))) for n in range(30)],
            store.commit(happening(stuck.thread)),
        )
        with within(1.0):
            assert [await post(store, free.thread, free.buyer) for _ in range(5)] == [1, 2, 3, 4, 5]
        await release()
        applied = await waiting

    assert [seq_of(one) for one in applied] == list(range(1, 32))
    assert sink.seqs_of(stuck.thread) == list(range(1, 32))


async def test_a_thread_held_for_too_long_is_unavailable_alone(store: AnyStore, url: str) -> None:
    stuck, free = await meet(store), await meet(store)
    async with held(url, stuck.thread):
        await assert_all_unavailable(
            [
                store.commit(posting(stuck.thread, stuck.buyer)),
                store.commit(posting(stuck.thread, stuck.seller)),
                store.commit(happening(stuck.thread)),
            ]
        )
        assert await post(store, free.thread, free.buyer) == 1

    assert await post(store, stuck.thread, stuck.buyer) == 1


@pytest.mark.usefixtures("patient")
async def test_a_mediator_says_nothing_more_once_his_case_is_decided(
    store: AnyStore, url: str
) -> None:
    (case,) = await asyncio.to_thread(_open_disputes, url)
    says: dict[str, Value] = {"thread_id": case.thread_id, "me": case.buyer_id, "at": 2}
    said = Commit([Statement("mediators_room", {**says, "client_key": "k"})])
    async with connected(url) as db, connected(url) as other:
        mediating = "UPDATE disputes SET state = 'mediation', mediator_id = $2 WHERE id = $1"
        await db.execute(mediating, case.id, case.buyer_id)
        assert seq_of(await store.commit(said)) == 1
        # Both parties agree on another node at the same moment: a step takes the dispute, then its thread.
        await db.execute("BEGIN")
        await db.execute("UPDATE disputes SET state = 'refund_pending' WHERE id = $1", case.id)
        await db.execute("UPDATE threads SET last_seq = 2 WHERE id = $1", case.thread_id)

        waiting = asyncio.gather(outcome_of(store.commit(said)))
        await eventually(lambda: _is_waited_for(other))
        await db.execute("COMMIT")

        assert [type(outcome) for outcome in await waiting] == [Conflict]


def _open_disputes(url: str) -> list[Dispute]:
    with contextlib.closing(deadlines.Database(url)) as base:
        deadlines.settle_people(base)
        return deadlines.open_disputes(base, 1, 4_000_000_000_000)


async def _is_waited_for(db: Any) -> bool:
    return bool(await db.fetchval("SELECT 1 FROM pg_locks WHERE NOT granted"))


async def test_locks_of_a_node_that_froze_go_free(store: AnyStore, url: str) -> None:
    pair = await meet(store)
    frozen = PostgresStore(url)
    await frozen.start()
    prepared = load("postgres")["state_event"]
    lent = frozen._connections.lend()
    db = await lent.__aenter__()
    await db.execute("BEGIN")
    await db.fetch(prepared.sql, pair.thread)

    with within(IN_TIME_S + 5):
        while isinstance(await outcome_of(post(store, pair.thread, pair.buyer)), Unavailable):
            pass

    with within(IN_TIME_S):
        while not db.is_closed():  # noqa: ASYNC110  Its end is heard a moment after the lock went free.
            await anyio.sleep(0.005)
    await lent.__aexit__(None, None, None)
    await frozen.stop()
    events, _ = await store.events_after((0, 0), 10)
    assert [event.seq for event in events] == [1]
