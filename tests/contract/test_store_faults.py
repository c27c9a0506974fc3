"""PostgreSQL killed, frozen, full or read-only: nothing false is acknowledged."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest

from chat_server.domain.errors import StorageFull, Unavailable
from chat_server.ports import Applied, Conflict
from chat_server.storage import AnyStore, open_store
from tests.contract.fragile import (
    EARLIER,
    assert_all_unavailable,
    end_sessions,
    everything,
    healed,
    outcome_of,
)
from tests.contract.stores import Recorder, connected, eventually
from tests.factories_sql import Pair, fresh_key, happening, meet, post, posting, seq_of
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


async def test_a_killed_database_is_unavailable_at_once_and_heals_by_itself(
    store: AnyStore, fragile: Postgres
) -> None:
    pair = await meet(store)
    first = await post(store, pair.thread, pair.buyer)

    fragile.program.kill()
    try:
        await assert_all_unavailable(everything(store, pair))
        assert not await store.ready()
    finally:
        fragile.program.start()

    await healed(store)
    assert await post(store, pair.thread, pair.buyer) == first + 1


async def test_what_was_acknowledged_survives_a_kill_in_the_middle_of_traffic(
    store: AnyStore, fragile: Postgres
) -> None:
    pairs = [await meet(store) for _ in range(10)]
    acknowledged: dict[tuple[int, str], int] = {}
    doubtful: list[tuple[Pair, str]] = []
    down = asyncio.Event()

    async def chatter(pair: Pair) -> None:
        while not down.is_set():
            key = fresh_key()
            outcome = await outcome_of(store.commit(posting(pair.thread, pair.buyer, key=key)))
            if isinstance(outcome, Applied):
                acknowledged[pair.thread, key] = seq_of(outcome)
            else:
                assert isinstance(outcome, Unavailable)
                doubtful.append((pair, key))
                down.set()

    async def enough() -> bool:
        return len(acknowledged) > 200

    async def kill_later() -> None:
        await eventually(enough)
        fragile.program.kill()

    await asyncio.gather(kill_later(), *map(chatter, pairs))
    fragile.program.start()
    await healed(store)

    for pair, key in doubtful:
        again = await outcome_of(store.commit(posting(pair.thread, pair.buyer, key=key)))
        if isinstance(again, Applied):
            acknowledged[pair.thread, key] = seq_of(again)
        else:
            # It had arrived; only its acknowledgement was lost.
            assert isinstance(again, Conflict)
            row = await store.one(EARLIER, client_key=key, me=pair.buyer)
            assert row is not None
            acknowledged[row[0], key] = row[1]
    events, _ = await store.events_after((0, 0), 100_000)
    assert doubtful
    assert {(e.thread_id, e.client_key): e.seq for e in events} == acknowledged
    assert len(events) == len(acknowledged)


async def test_a_frozen_database_keeps_nobody_waiting_and_loses_nothing(
    store: AnyStore, fragile: Postgres
) -> None:
    pair = await meet(store)
    key = fresh_key()

    fragile.program.freeze()
    try:
        await assert_all_unavailable(
            [*everything(store, pair), store.commit(posting(pair.thread, pair.buyer, key=key))]
        )
        await assert_all_unavailable(everything(store, pair))
    finally:
        fragile.program.thaw()

    await healed(store)
    again = await outcome_of(store.commit(posting(pair.thread, pair.buyer, key=key)))
    assert isinstance(again, (Applied, Conflict))
    events, _ = await store.events_after((0, 0), 10_000)
    assert sorted(event.seq for event in events) == list(range(1, len(events) + 1))
    assert sum(event.client_key == key for event in events) == 1


async def test_a_store_that_finds_no_database_does_not_start(url: str, fragile: Postgres) -> None:
    fragile.program.stop()
    try:
        with pytest.raises(Unavailable):
            await open_store(url).start()
    finally:
        fragile.program.start()


async def test_too_many_connections_are_unavailable_until_there_is_room(
    store: AnyStore, url: str, fragile: Postgres
) -> None:
    pair = await meet(store)
    async with connected(fragile.url) as db:
        await db.execute("ALTER ROLE parley CONNECTION LIMIT 0")
        await end_sessions(db)
        await assert_all_unavailable(everything(store, pair))

        await db.execute("ALTER ROLE parley CONNECTION LIMIT -1")
    await healed(store)
    assert await post(store, pair.thread, pair.buyer) == 1


async def test_a_lost_connection_costs_only_what_was_on_it(
    store: AnyStore, fragile: Postgres
) -> None:
    pair = await meet(store)
    await asyncio.gather(*[post(store, pair.thread, pair.buyer) for _ in range(20)])

    async with connected(fragile.url) as db:
        for _ in range(5):
            await end_sessions(db)
            await healed(store)

    assert await post(store, pair.thread, pair.buyer) == 21


async def test_a_read_only_database_reads_on_and_refuses_writes(
    store: AnyStore, fragile: Postgres
) -> None:
    pair = await meet(store)
    await post(store, pair.thread, pair.buyer, key="key")
    async with connected(fragile.url) as db:
        await db.execute("ALTER ROLE parley SET default_transaction_read_only = on")
        await end_sessions(db)

        async def read_again() -> bool:
            return isinstance(await outcome_of(store.stream_end()), tuple)

        await eventually(read_again)

        for commit in (posting(pair.thread, pair.buyer), happening(pair.thread)):
            await assert_all_unavailable([store.commit(commit)])
        assert await store.one(EARLIER, client_key="key", me=pair.buyer) == (pair.thread, 1)
        assert not await store.ready()

        await db.execute("ALTER ROLE parley SET default_transaction_read_only = off")
        await end_sessions(db)
    await healed(store)
    assert await post(store, pair.thread, pair.buyer) == 2


async def test_no_room_on_the_disk_is_said_as_such(
    store: AnyStore, url: str, fragile: Postgres
) -> None:
    pair = await meet(store)
    key = fresh_key()
    full = "BEGIN RAISE disk_full USING MESSAGE = 'could not extend file'; END"
    async with connected(fragile.url_of(urlsplit(url).path[1:])) as db:
        await db.execute(
            f"CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ {full} $$"
        )
        await db.execute(
            "CREATE TRIGGER no_room BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION no_room()"
        )
        for commit in (posting(pair.thread, pair.buyer, key=key), happening(pair.thread)):
            assert isinstance(await outcome_of(store.commit(commit)), StorageFull)
        assert await store.one(EARLIER, client_key=key, me=pair.buyer) is None
        await db.execute("DROP TRIGGER no_room ON events")

    assert await post(store, pair.thread, pair.buyer, key=key) == 1
