"""SQLite without room: writes are refused as such and leave nothing, reads go on, room heals it."""

import asyncio
from typing import Any

import pytest

from chat_server.domain.errors import StorageFull
from chat_server.ports import Applied, Query
from chat_server.storage import AnyStore
from chat_server.storage.sqlite import SqliteStore
from tests.contract.stores import Backend, Recorder
from tests.factories_sql import meet, post, posting, seq_of

AFTER = Query("events_after", lambda *row: row[6])


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_full_disk_is_said_as_such_and_heals_without_a_restart(
    store: AnyStore, backend: Backend, sink: Recorder
) -> None:
    assert isinstance(store, SqliteStore)
    pair = await meet(store)
    (pages,) = store._db.execute("PRAGMA page_count").fetchone()
    store._db.execute(f"PRAGMA max_page_count = {pages + 20}")
    long = "x" * 4000
    outcomes: list[Any] = []
    while not any(isinstance(outcome, StorageFull) for outcome in outcomes):
        outcomes += await asyncio.gather(
            *[store.commit(posting(pair.thread, pair.buyer, long)) for _ in range(10)],
            return_exceptions=True,
        )

    kept = [seq_of(outcome) for outcome in outcomes if isinstance(outcome, Applied)]
    assert {type(outcome) for outcome in outcomes} <= {Applied, StorageFull}
    assert sink.seqs_of(pair.thread) == kept == list(range(1, len(kept) + 1))
    texts = await store.all(AFTER, thread_id=pair.thread, after=0, limit=1000)
    assert texts == [long] * len(kept)

    store._db.execute("PRAGMA max_page_count = 1000000")
    assert await post(store, pair.thread, pair.seller) == len(kept) + 1
