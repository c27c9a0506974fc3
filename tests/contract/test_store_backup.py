"""Backup and restore: everything comes back under another epoch, and life goes on from there."""

import asyncio
import contextlib
import json
import sqlite3
import zipfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from chat_server.domain import search
from chat_server.ports import ANY, Commit, Conflict, Query, Statement, Value
from chat_server.storage import AnyStore, backup_url, migrate_url, open_store, restore_url
from tests.contract.stores import Backend, connected
from tests.factories_sql import T0, Pair, changing, do, fresh_key, meet, post, posting

CURSOR = Query("cursor_of", lambda major, minor: (int(major), int(minor)))
FOUND = Query("search_messages", lambda *row: row[2])
REVOCATIONS = Query("revocations_after", lambda position, person_id, code: position)

only_postgres = pytest.mark.parametrize("engine", ["postgres"], indirect=True)


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def empty_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A place that holds nothing yet, not even tables."""
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path / 'restored' / 'store.sqlite3'}"
        return
    with request.getfixturevalue("postgres_server").database() as url:
        yield url


@contextlib.asynccontextmanager
async def opened(url: str) -> AsyncIterator[AnyStore]:
    store = open_store(url)
    await store.start()
    try:
        yield store
    finally:
        await store.stop()


async def live_a_little(store: AnyStore, pair: Pair) -> None:
    """Messages, an edit, words in the index, a relay half way, and a revocation."""
    row: dict[str, Value] = {"person_id": pair.buyer, "code": 4501, "at": T0}
    for number in range(6):
        text = f"lamp {number} \\ tab\there\nline\rЁлка 退款"
        seq = await post(store, pair.thread, pair.buyer, text)
        words = " ".join([search.customer_token(pair.buyer), *search.words_of(text)])
        await do(
            store,
            ("index_message", {"thread_id": pair.thread, "seq": seq, "words": words}),
            rows=ANY,
        )
        await do(store, ("add_revocation", row))
    await store.commit(changing(pair.thread, pair.buyer, 2))
    await do(store, ("add_cursor", {"name": "relay"}), rows=ANY)
    end = (await store.events_after(await store.stream_end(), 1))[1]
    places: dict[str, Value] = {"from_major": 0, "from_minor": 0, "major": end[0], "minor": end[1]}
    await do(store, ("move_cursor", {"name": "relay", **places}))


async def test_everything_comes_back_and_goes_on(
    store: AnyStore, backend: Backend, empty_url: str, tmp_path: Path
) -> None:
    pair = await meet(store)
    await live_a_little(store, pair)
    last = await post(store, pair.thread, pair.seller, "not relayed yet")

    await backup_url(backend.url, tmp_path / "backup")
    epoch = await restore_url(tmp_path / "backup", empty_url)

    async with opened(empty_url) as restored:
        assert restored.epoch == epoch != store.epoch
        before, _ = await store.events_after((0, 0), 1000)
        after, end = await restored.events_after((0, 0), 1000)
        assert sorted(after) == sorted(before)
        cursor = await restored.one(CURSOR, name="relay")
        assert cursor is not None
        rest, _ = await restored.events_after(cursor, 1000)
        assert [event.seq for event in rest] == [last]
        match = restored.match_expression([[search.customer_token(pair.buyer)], ["退款"]])
        found = await restored.all(FOUND, match=match, desk=0, me=pair.buyer, before=2**62, limit=9)
        assert found == [6, 5, 4, 3, 2, 1]

        key = fresh_key()
        assert await post(restored, pair.thread, pair.buyer, "new", key=key) == last + 1
        assert [event.text for event in (await restored.events_after(end, 9))[0]] == ["new"]
        with pytest.raises(Conflict):
            await post(restored, pair.thread, pair.buyer, "new", key=key)
        row: dict[str, Value] = {"person_id": pair.buyer, "code": 4501, "at": T0}
        await do(restored, ("add_revocation", row))
        positions = await restored.all(REVOCATIONS, position=0)
        assert len(positions) == 7
        assert positions == sorted(set(positions))
        assert await restored.ready()


async def test_a_key_used_before_the_backup_is_still_used(
    store: AnyStore, backend: Backend, empty_url: str, tmp_path: Path
) -> None:
    pair = await meet(store)
    key = fresh_key()
    await post(store, pair.thread, pair.buyer, key=key)

    await backup_url(backend.url, tmp_path / "backup")
    await restore_url(tmp_path / "backup", empty_url)

    async with opened(empty_url) as restored:
        with pytest.raises(Conflict):
            await restored.commit(posting(pair.thread, pair.buyer, key=key))


async def test_a_backup_under_traffic_is_one_instant(
    store: AnyStore, backend: Backend, empty_url: str, tmp_path: Path
) -> None:
    pairs = [await meet(store) for _ in range(4)]
    done = asyncio.Event()

    async def chatter(pair: Pair) -> None:
        while not done.is_set():
            await post(store, pair.thread, pair.buyer)

    async def copy() -> None:
        try:
            await backup_url(backend.url, tmp_path / "backup")
        finally:
            done.set()

    await asyncio.gather(copy(), *map(chatter, pairs))
    await restore_url(tmp_path / "backup", empty_url)

    async with opened(empty_url) as restored:
        events, _ = await restored.events_after((0, 0), 100_000)
        for pair in pairs:
            seqs = [event.seq for event in events if event.thread_id == pair.thread]
            assert seqs == list(range(1, len(seqs) + 1))
            assert await post(restored, pair.thread, pair.buyer) == len(seqs) + 1


async def test_each_restore_is_another_epoch(
    store: AnyStore, backend: Backend, tmp_path: Path, engine: str, request: pytest.FixtureRequest
) -> None:
    await backup_url(backend.url, tmp_path / "backup")
    epochs = {store.epoch}

    for number in range(2):
        with contextlib.ExitStack() as stack:
            url = f"sqlite:///{tmp_path / f'{number}.sqlite3'}"
            if engine == "postgres":
                server = request.getfixturevalue("postgres_server")
                url = stack.enter_context(server.database())
            epochs.add(await restore_url(tmp_path / "backup", url))

    assert len(epochs) == 3


@only_postgres
async def test_a_database_with_something_in_it_is_not_overwritten(
    store: AnyStore, backend: Backend, tmp_path: Path
) -> None:
    pair = await meet(store)
    await backup_url(backend.url, tmp_path / "backup")

    with pytest.raises(RuntimeError, match="not empty"):
        await restore_url(tmp_path / "backup", backend.url)

    assert await post(store, pair.thread, pair.buyer) == 1


@only_postgres
async def test_a_backup_of_a_newer_program_is_refused(
    backend: Backend, empty_url: str, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "backup", "w") as archive:
        archive.writestr(
            "parley-backup.json", json.dumps({"format": 1, "schema": 999, "tables": {}})
        )

    with pytest.raises(RuntimeError, match="newer"):
        await restore_url(tmp_path / "backup", empty_url)


async def test_a_file_that_is_no_backup_is_refused(empty_url: str, tmp_path: Path) -> None:
    (tmp_path / "backup").write_text("Dear diary")

    with pytest.raises(RuntimeError, match="backup of Parley"):
        await restore_url(tmp_path / "backup", empty_url)


@only_postgres
async def test_a_broken_backup_leaves_the_database_empty(
    store: AnyStore, backend: Backend, empty_url: str, tmp_path: Path
) -> None:
    await backup_url(backend.url, tmp_path / "backup")
    with zipfile.ZipFile(tmp_path / "backup") as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    parts["events.copy"] = parts["events.copy"][:-20]
    with zipfile.ZipFile(tmp_path / "backup", "w") as broken:
        for name, content in parts.items():
            broken.writestr(name, content)

    with pytest.raises(RuntimeError, match="no whole backup"):
        await restore_url(tmp_path / "backup", empty_url)

    async with connected(empty_url) as db:
        assert await db.fetchval("SELECT COUNT(*) FROM people") == 0
    assert await migrate_url(empty_url) >= 1


@only_postgres
async def test_a_copy_by_other_means_is_refused_and_a_backup_of_it_is_the_way_out(
    store: AnyStore, backend: Backend, empty_url: str, tmp_path: Path
) -> None:
    pair = await meet(store)
    await live_a_little(store, pair)
    far = "CAST('9000000000' AS xid8)"
    async with connected(backend.url) as db:
        await db.execute(f"UPDATE events SET tx = {far}")
        await db.execute(f"UPDATE threads SET last_tx = {far}")

    with pytest.raises(RuntimeError, match="parley restore"):
        await backend.open()
    await backup_url(backend.url, tmp_path / "backup")
    await restore_url(tmp_path / "backup", empty_url)

    async with opened(empty_url) as restored:
        assert await post(restored, pair.thread, pair.buyer) == 8
        events, _ = await restored.events_after((0, 0), 1000)
        assert [e.seq for e in events if e.thread_id == pair.thread] == list(range(1, 9))


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_sqlite_backup_is_a_database_of_its_own(
    store: AnyStore, backend: Backend, tmp_path: Path
) -> None:
    pair = await meet(store)
    await post(store, pair.thread, pair.buyer)
    big = Commit([Statement("put_meta", {"key": str(n), "value": "x" * 900}) for n in range(2000)])
    await store.commit(big)

    await backup_url(backend.url, tmp_path / "backup")

    with contextlib.closing(sqlite3.connect(tmp_path / "backup")) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = db.execute("SELECT seq FROM events WHERE thread_id = ?", [pair.thread]).fetchall()
    assert found == [(1,)]
