"""The stream of all events, as relays follow it: nothing skipped, nothing twice, each thread in order."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator
from typing import Any

import pytest

from chat_server.domain.events import Event
from chat_server.ports import Commit, Cursor, Query, Statement, Value
from chat_server.storage import AnyStore
from chat_server.storage.queries import load
from tests.contract.stores import Backend, connected
from tests.factories_sql import (
    T0,
    add_person,
    changing,
    happening,
    meet,
    post,
    posting,
)

only_postgres = pytest.mark.parametrize("engine", ["postgres"], indirect=True)
REVOCATIONS = Query("revocations_after", lambda position, person_id, code: (person_id, code))


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


async def follow(store: AnyStore, cursor: Cursor, limit: int) -> tuple[list[Event], Cursor]:
    """All that can be read now, page by page."""
    seen: list[Event] = []
    while True:
        page, cursor = await store.events_after(cursor, limit)
        if not page:
            return seen, cursor
        assert len(page) <= limit
        seen += page


def assert_each_thread_is_in_order(events: list[Event]) -> None:
    """Every thread's events from 1 on, in order, each once."""
    seqs: dict[int, list[int]] = {}
    for event in events:
        seqs.setdefault(event.thread_id, []).append(event.seq)
    for thread, found in seqs.items():
        assert found == list(range(1, len(found) + 1)), thread


async def test_the_end_is_after_all_that_was_and_before_all_that_comes(store: AnyStore) -> None:
    pair = await meet(store)
    await post(store, pair.thread, pair.buyer, "before")

    end = await store.stream_end()
    await post(store, pair.thread, pair.seller, "after")

    events, place = await store.events_after(end, 10)
    assert [(event.text, event.seq, event.customer_id, event.shop_id) for event in events] == [
        ("after", 2, pair.buyer, pair.shop)
    ]
    assert await store.events_after(place, 10) == ([], place)


async def test_an_empty_store_has_a_place_from_which_nothing_is_missed(backend: Backend) -> None:
    store = await backend.open()

    end = await store.stream_end()
    pair = await meet(store)
    await post(store, pair.thread, pair.buyer)

    events, _ = await store.events_after(end, 10)
    assert [event.seq for event in events] == [1]
    assert (await store.events_after((0, 0), 10))[0] == events


async def test_an_edit_in_the_stream_says_what_its_message_says(store: AnyStore) -> None:
    pair = await meet(store)
    end = await store.stream_end()
    seq = await post(store, pair.thread, pair.buyer, "Helo")

    await store.commit(changing(pair.thread, pair.buyer, seq))

    events, _ = await store.events_after(end, 10)
    assert [(e.kind, e.text, e.target) for e in events] == [(1, "Changed", None), (2, "Changed", 1)]


@pytest.mark.parametrize("limit", [1, 7, 200])
async def test_a_follower_sees_everything_once_while_two_nodes_write(
    store: AnyStore, backend: Backend, limit: int
) -> None:
    stores = [store, await backend.open()]
    chance = random.Random(limit)
    pairs = [await meet(store) for _ in range(6)]
    start = await store.stream_end()
    writing = True
    seen: list[Event] = []

    async def write(number: int) -> None:
        pair = chance.choice(pairs)
        commit = happening(pair.thread) if number % 7 == 0 else posting(pair.thread, pair.buyer)
        await stores[number % 2].commit(commit)

    async def write_all() -> None:
        nonlocal writing
        for first in range(0, 300, 60):
            await asyncio.gather(*map(write, range(first, first + 60)))
        writing = False

    async def read_all() -> None:
        cursor = start
        while writing or not seen:
            events, cursor = await follow(store, cursor, limit)
            seen.extend(events)
        events, _ = await follow(store, cursor, limit)
        seen.extend(events)

    await asyncio.gather(write_all(), read_all())

    assert len(seen) == 300
    assert_each_thread_is_in_order(seen)


class OpenTransaction:
    """A transaction of another node that goes on step by step."""

    def __init__(self, db: Any) -> None:
        self._db = db

    async def event(self, thread: int) -> None:
        """The system says something, not committed yet."""
        carried: dict[str, Any] = {}
        for name, params, _ in happening(thread).statements:
            prepared = load("postgres")[name]
            values = {**params, **carried}
            rows = await self._db.fetch(prepared.sql, *[values[p] for p in prepared.params])
            if rows:
                carried.update(rows[0].items())

    async def number(self) -> int:
        """Takes a transaction number without writing anything."""
        return int(await self._db.fetchval("SELECT pg_current_xact_id()"))

    async def execute(self, sql: str) -> None:
        await self._db.execute(sql)


@contextlib.asynccontextmanager
async def transactions(backend: Backend, count: int) -> AsyncIterator[list[OpenTransaction]]:
    """Open transactions, numbered in this order."""
    async with contextlib.AsyncExitStack() as stack:
        made = []
        for _ in range(count):
            db = await stack.enter_async_context(connected(backend.url))
            await db.execute("BEGIN")
            made.append(OpenTransaction(db))
            await made[-1].number()
        yield made


@only_postgres
async def test_an_event_waits_for_transactions_that_began_before_it(
    store: AnyStore, backend: Backend
) -> None:
    pairs = [await meet(store) for _ in range(3)]
    start = await store.stream_end()
    async with transactions(backend, 2) as (slow, slower):
        await slow.event(pairs[0].thread)
        await slower.event(pairs[1].thread)
        await post(store, pairs[2].thread, pairs[2].buyer)

        # The third is committed, but others may still come before it.
        assert await store.events_after(start, 10) == ([], start)
        assert await store.stream_end() == start
        await slower.execute("COMMIT")
        assert await store.events_after(start, 10) == ([], start)
        await slow.execute("COMMIT")

    events, end = await follow(store, start, 1)
    assert [event.thread_id for event in events] == [pair.thread for pair in pairs]
    assert await store.stream_end() == end


@only_postgres
async def test_nothing_appears_behind_a_place_that_was_given(
    store: AnyStore, backend: Backend
) -> None:
    one, other = await meet(store), await meet(store)
    start = await store.stream_end()
    async with transactions(backend, 1) as (early,):
        async with transactions(backend, 1) as (late,):
            await late.event(one.thread)
            await late.execute("COMMIT")
        place = await store.stream_end()
        events, cursor = await follow(store, start, 10)
        await early.event(other.thread)
        await early.execute("COMMIT")

    events += (await follow(store, cursor, 10))[0]
    assert [event.thread_id for event in events] == [other.thread, one.thread]
    assert len((await follow(store, place, 10))[0]) == 2


@only_postgres
@pytest.mark.parametrize("limit", [1, 2, 50])
async def test_a_thread_keeps_its_order_when_an_older_transaction_comes_to_it_later(
    store: AnyStore, backend: Backend, limit: int
) -> None:
    pair, other = await meet(store), await meet(store)
    start = await store.stream_end()
    seen: list[Event] = []
    async with transactions(backend, 3) as (oldest, between, newest):
        await newest.event(pair.thread)
        await newest.execute("COMMIT")
        await oldest.event(other.thread)
        await oldest.event(pair.thread)
        await oldest.execute("COMMIT")
        await post(store, pair.thread, pair.buyer)
        # Only `between` is open: what `oldest` wrote comes before it, but not what follows `newest`.
        early, cursor = await follow(store, start, limit)
        seen += early
        assert [event.thread_id for event in early] == [other.thread]
        await between.event(other.thread)
        await between.execute("COMMIT")

    seen += (await follow(store, cursor, limit))[0]
    assert len(seen) == 5
    assert_each_thread_is_in_order(seen)


@only_postgres
async def test_an_undone_transaction_holds_nobody_up_and_leaves_no_trace(
    store: AnyStore, backend: Backend
) -> None:
    pair = await meet(store)
    start = await store.stream_end()
    async with transactions(backend, 1) as (undone,):
        await undone.event(pair.thread)
        await undone.execute("ROLLBACK")
    await post(store, pair.thread, pair.buyer)

    events, _ = await follow(store, start, 10)

    assert [(event.seq, event.author_id) for event in events] == [(1, pair.buyer)]


@only_postgres
async def test_a_revocation_waits_for_those_with_a_smaller_number(
    store: AnyStore, backend: Backend
) -> None:
    ana, boris = await add_person(store), await add_person(store)
    params: dict[str, Value] = {"person_id": boris, "code": 4501, "at": T0}
    second = Commit([Statement("add_revocation", params)])
    prepared = load("postgres")["add_revocation"]
    async with connected(backend.url) as db, asyncio.TaskGroup() as tasks:
        await db.execute("BEGIN")
        first = {**params, "person_id": ana}
        await db.execute(prepared.sql, *[first[p] for p in prepared.params])
        waiting = tasks.create_task(store.commit(second))
        while not await backend.rows("SELECT 1 FROM pg_locks WHERE NOT granted"):
            assert not waiting.done()

        assert await store.all(REVOCATIONS, position=0) == []
        await db.execute("COMMIT")

    assert await store.all(REVOCATIONS, position=0) == [(ana, 4501), (boris, 4501)]
