"""What every store promises about Commits: all or nothing, in order, told once, refused alone."""

import asyncio
import dataclasses
import importlib
import pkgutil
import re
from pathlib import Path
from typing import Any

import anyio
import pytest

import chat_server
from chat_server.ports import ANY, Applied, Commit, Conflict, Query, Statement, Value
from chat_server.storage import AnyStore
from chat_server.storage.postgres_commit import placed
from chat_server.storage.queries import ONLY_POSTGRES, load
from tests.contract.stores import Backend, Recorder
from tests.factories_sql import (
    T0,
    Pair,
    changing,
    do,
    fresh,
    fresh_key,
    happening,
    meet,
    post,
    posting,
    seq_of,
)
from tests.patience import PATIENCE_S

PACKAGE = Path(chat_server.__file__).parent


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


def every_query() -> list[Query[Any]]:
    """The queries of all modules."""
    found: dict[str, Query[Any]] = {}
    for module in pkgutil.walk_packages([str(PACKAGE)], "chat_server."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, Query):
                found[f"{module.name}.{name}"] = value
    return list(found.values())


def fields_of(row: Any) -> list[str] | None:
    """The fields of a row type in order, or None where a function makes the rows."""
    if dataclasses.is_dataclass(row):
        return [field.name.removesuffix("_ms") for field in dataclasses.fields(row)]
    names = getattr(row, "_fields", None)
    return [name.removesuffix("_ms") for name in names] if names is not None else None


async def test_every_query_gives_the_fields_of_its_rows(backend: Backend, engine: str) -> None:
    prepared = load("postgres" if engine == "postgres" else "sqlite")
    queries = every_query()

    for query in queries:
        found = [name.removesuffix("_ms") for name in await backend.columns(prepared[query.name])]
        assert found
        expected = fields_of(query.row)
        assert expected is None or found == expected, query

    assert len(queries) > 20


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_sqlite_takes_every_statement(backend: Backend) -> None:
    for one in load("sqlite").values():
        explained = one._replace(sql=f"EXPLAIN {one.sql}")
        assert await backend.columns(explained), one.name


@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
async def test_postgres_takes_every_statement_and_gives_plain_values(backend: Backend) -> None:
    odd = {"export_threads", "export_events", "export_search", "stream_events", "stream_end"}

    for one in load("postgres").values():
        kinds = set((await backend.columns(one)).values())
        assert one.name in odd or kinds <= {"int8", "int4", "text", "bytea"}, one.name


@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
async def test_postgres_takes_every_write_that_says_for_whom_it_was(backend: Backend) -> None:
    writes = [
        one
        for one in load("postgres").values()
        if one.name not in ONLY_POSTGRES and not (one.sql.startswith(("SELECT", "WITH")))
    ]

    for one in writes:
        found = await backend.columns(one._replace(sql=placed(one)))
        assert list(found)[-1] == "place", one.name

    assert len(writes) > 100


def test_every_statement_that_the_program_names_is_in_the_files() -> None:
    named = set()
    for file in PACKAGE.rglob("*.py"):
        named |= set(re.findall(r'(?:Statement|Query)\(\s*"(\w+)"', file.read_text("utf-8")))

    assert len(named) > 50
    assert named - set(load("sqlite")) == set()


async def test_a_commit_is_applied_whole(store: AnyStore, backend: Backend) -> None:
    pair = await meet(store)

    applied = await store.commit(posting(pair.thread, pair.buyer, "Is it in stock?"))

    assert applied == Applied([(1, 1, pair.buyer, pair.shop, None), None])
    found = await backend.rows(
        f"SELECT seq, side, author_id, text FROM events WHERE thread_id = {pair.thread}"
    )
    assert found == [(1, 1, pair.buyer, "Is it in stock?")]
    assert await backend.rows(
        f"SELECT last_seq, last_posted, last_at, waiting_since FROM threads WHERE id = {pair.thread}"
    ) == [(1, 1, T0, T0)]


async def test_what_a_statement_returned_is_carried_to_those_behind_it(
    store: AnyStore, backend: Backend
) -> None:
    pair = await meet(store)
    seq = await post(store, pair.thread, pair.buyer, "Helo")

    applied = await store.commit(changing(pair.thread, pair.buyer, seq))

    assert seq_of(applied) == 2
    assert await backend.rows(
        f"SELECT seq, replaced_by, text FROM message_versions WHERE thread_id = {pair.thread}"
    ) == [(1, 2, "Helo")]


async def test_a_refused_first_statement_leaves_nothing_behind(
    store: AnyStore, backend: Backend
) -> None:
    pair = await meet(store)
    before = await backend.rows("SELECT COUNT(*) FROM events")

    with pytest.raises(Conflict) as caught:
        await store.commit(posting(pair.thread, me=fresh()))

    assert caught.value.statement == "post_message"
    assert await backend.rows("SELECT COUNT(*) FROM events") == before
    assert await backend.rows(f"SELECT last_seq FROM threads WHERE id = {pair.thread}") == [(0,)]


async def test_a_refused_later_statement_undoes_the_earlier_ones(
    store: AnyStore, backend: Backend
) -> None:
    pair = await meet(store)
    good = posting(pair.thread, pair.buyer)
    no_photo: dict[str, Value] = {"thread_id": pair.thread, "photo_id": 1, "me": pair.buyer}

    with pytest.raises(Conflict) as caught:
        await store.commit(
            Commit([*good.statements, Statement("claim_photo", no_photo)], good.draft)
        )

    assert caught.value.statement == "claim_photo"
    assert await backend.rows(f"SELECT last_seq FROM threads WHERE id = {pair.thread}") == [(0,)]
    assert await backend.rows(f"SELECT 1 FROM events WHERE thread_id = {pair.thread}") == []


async def test_a_statement_that_touches_more_rows_than_promised_is_undone(
    store: AnyStore, backend: Backend
) -> None:
    pair = await meet(store)
    link: dict[str, Value] = {"person_id": pair.seller, "created_at": T0, "expires_at": T0 + 1}
    for number in (b"1", b"2"):
        await do(store, ("add_inbox_link", {"hash": number, **link}))

    with pytest.raises(Conflict):
        await store.commit(Commit([Statement("drop_old_inbox_links", {"at": T0 + 2}, 1)]))

    assert await backend.rows("SELECT COUNT(*) FROM inbox_links") == [(2,)]
    await store.commit(Commit([Statement("drop_old_inbox_links", {"at": T0 + 2}, 2)]))
    assert await backend.rows("SELECT COUNT(*) FROM inbox_links") == [(0,)]


async def test_a_broken_constraint_is_a_conflict_that_names_it(store: AnyStore) -> None:
    pair = await meet(store)
    row: dict[str, Value] = {"id": fresh(), "name": "Two", "version": 1, "at": T0}
    await do(store, ("add_shop", {**row, "external_id": "same"}))

    with pytest.raises(Conflict) as double:
        await do(store, ("add_shop", {**row, "id": fresh(), "external_id": "same"}))
    with pytest.raises(Conflict) as stray:
        await do(store, ("add_member", {"shop_id": fresh(), "person_id": pair.buyer}))

    assert "external_id" in double.value.constraint
    assert stray.value.constraint


async def test_a_mistake_in_a_group_hurts_nobody_else(
    store: AnyStore, backend: Backend, sink: Recorder
) -> None:
    pairs = [await meet(store) for _ in range(10)]
    commits = [posting(pair.thread, pair.buyer, str(n)) for n in range(10) for pair in pairs]
    double = fresh_key()
    # One whose event cannot be stored, one from an outsider, and one client key twice.
    commits[37] = posting(pairs[7].thread, pairs[7].buyer, "bad")
    commits[37].statements[1].params["body_hash"] = "not bytes"  # type: ignore[index]
    commits[52] = posting(pairs[2].thread, pairs[3].buyer)
    commits[60] = posting(pairs[0].thread, pairs[0].buyer, key=double)
    commits[70] = posting(pairs[0].thread, pairs[0].buyer, key=double)

    outcomes = await asyncio.gather(*map(store.commit, commits), return_exceptions=True)

    refused = [n for n, outcome in enumerate(outcomes) if isinstance(outcome, Exception)]
    assert refused == [37, 52, 70]
    assert isinstance(outcomes[52], Conflict)
    assert isinstance(outcomes[70], Conflict)
    assert len(sink.told) == 97
    ids = ", ".join(str(pair.thread) for pair in pairs)
    counted = await backend.rows(
        "SELECT t.last_seq, COUNT(e.seq), MAX(e.seq), MIN(e.seq) FROM threads AS t"
        f" JOIN events AS e ON e.thread_id = t.id WHERE t.id IN ({ids}) GROUP BY t.id, t.last_seq"
    )
    assert sorted(counted) == [(9, 9, 9, 1)] * 3 + [(10, 10, 10, 1)] * 7


async def test_the_sink_hears_each_thread_in_order_before_anyone_who_waits(
    store: AnyStore, sink: Recorder
) -> None:
    pairs = [await meet(store) for _ in range(3)]
    heard_before: list[bool] = []

    async def say(number: int) -> None:
        pair = pairs[number % 3]
        if number % 5 == 0:
            commit = happening(pair.thread)
        else:
            commit = posting(pair.thread, pair.buyer, str(number))
        await store.commit(commit)
        heard_before.append(any(told is commit for told, _ in sink.told))

    await asyncio.gather(*map(say, range(90)))

    assert heard_before == [True] * 90
    for pair in pairs:
        assert sink.seqs_of(pair.thread) == list(range(1, 31))


async def test_writes_to_one_thread_keep_the_order_in_which_they_came(
    store: AnyStore, backend: Backend
) -> None:
    pair = await meet(store)
    texts = [str(number) for number in range(450)]

    await asyncio.gather(*[store.commit(posting(pair.thread, pair.buyer, text)) for text in texts])

    found = await backend.rows(
        f"SELECT text FROM events WHERE thread_id = {pair.thread} ORDER BY seq"
    )
    assert [text for (text,) in found] == texts


async def test_who_submits_is_called_with_what_became_of_it(store: AnyStore) -> None:
    pair = await meet(store)
    outcomes: list[Applied | Exception] = []
    both = asyncio.Event()

    def done(outcome: Applied | Exception) -> None:
        outcomes.append(outcome)
        if len(outcomes) == 2:
            both.set()

    store.submit(posting(pair.thread, pair.buyer), done)
    store.submit(posting(pair.thread, me=fresh()), done)
    await asyncio.wait_for(both.wait(), PATIENCE_S)

    kinds = {type(outcome) for outcome in outcomes}
    assert kinds == {Applied, Conflict}


async def test_whoever_gives_up_waiting_does_not_undo_the_write(
    store: AnyStore, backend: Backend
) -> None:
    pair = await meet(store)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await store.commit(posting(pair.thread, pair.buyer, "said"))
    await post(store, pair.thread, pair.buyer, "after")

    found = await backend.rows(
        f"SELECT seq, text FROM events WHERE thread_id = {pair.thread} ORDER BY seq"
    )
    assert found == [(1, "said"), (2, "after")]


async def test_stopping_finishes_what_was_submitted(backend: Backend, sink: Recorder) -> None:
    store = await backend.open(sink)
    pair = await meet(store)
    outcomes: list[Applied | Exception] = []
    for _ in range(300):
        store.submit(posting(pair.thread, pair.buyer), outcomes.append)

    await backend.close()

    assert [isinstance(outcome, Applied) for outcome in outcomes] == [True] * 300
    assert sink.seqs_of(pair.thread) == list(range(1, 301))


async def test_a_ready_store_says_so_and_keeps_its_epoch(backend: Backend) -> None:
    one, other = await backend.open(), await backend.open()

    assert await one.ready()
    assert one.epoch == other.epoch
    assert len(one.epoch) == 32


async def test_many_alike_without_a_count_are_one_write(store: AnyStore, backend: Backend) -> None:
    pair = await meet(store)
    deadlines = [
        Statement("set_deadline", {"kind": "k", "subject_id": n, "due_at": T0, "revision": 1}, ANY)
        for n in range(50)
    ]
    taken: dict[str, Value] = {"kind": "k", "subject_id": 7, "revision": 99}

    with pytest.raises(Conflict):
        await store.commit(Commit([*deadlines, Statement("fire_deadline", taken)]))
    assert await backend.rows("SELECT COUNT(*) FROM deadlines") == [(0,)]

    await store.commit(Commit([*deadlines, Statement("fire_deadline", {**taken, "revision": 1})]))
    assert await backend.rows("SELECT COUNT(*) FROM deadlines") == [(49,)]
    assert pair.thread


def _step(pair: Pair, *more: Statement) -> Commit:
    """One of many alike: something happens in a thread, and whatever belongs to it."""
    happened = happening(pair.thread)
    return happened._replace(statements=[*happened.statements, *more], bulk=True)


def _clock(n: int, revision: int) -> Statement:
    return Statement("fire_deadline", {"kind": "k", "subject_id": n, "revision": revision})


async def test_bulk_is_applied_or_refused_one_by_one(
    store: AnyStore, backend: Backend, sink: Recorder
) -> None:
    pairs = [await meet(store) for _ in range(40)]
    clocks = [
        Statement("set_deadline", {"kind": "k", "subject_id": n, "due_at": T0, "revision": n}, ANY)
        for n in range(40)
    ]
    await store.commit(Commit(clocks))
    # Of the last ten the deadline is another than was seen, and the fifth is in no thread.
    steps = [_step(pair, _clock(n, n if n < 30 else 99)) for n, pair in enumerate(pairs)]
    steps[5] = _step(pairs[5]._replace(thread=fresh()), _clock(5, 5))

    outcomes = await asyncio.gather(*map(store.commit, steps), return_exceptions=True)

    refused = {n: o for n, o in enumerate(outcomes) if isinstance(o, Exception)}
    assert sorted(refused) == [5, *range(30, 40)]
    assert {type(outcome) for outcome in refused.values()} == {Conflict}
    assert {o.rows[0][0] for o in outcomes if isinstance(o, Applied) and o.rows[0]} == {1}
    assert {commit.draft.thread_id for commit, _ in sink.told if commit.draft} == {
        pair.thread for n, pair in enumerate(pairs[:30]) if n != 5
    }
    left = await backend.rows("SELECT subject_id FROM deadlines ORDER BY subject_id")
    assert [n for (n,) in left] == sorted(refused)
    seqs = ", ".join(str(pair.thread) for pair in pairs)
    counted = await backend.rows(
        f"SELECT last_seq, COUNT(*) FROM threads WHERE id IN ({seqs}) GROUP BY last_seq"
    )
    assert sorted(counted) == [(0, 11), (1, 29)]


async def test_bulk_whose_first_statement_is_refused_holds_nobody_up(
    store: AnyStore, backend: Backend
) -> None:
    clocks = [
        Statement("set_deadline", {"kind": "k", "subject_id": n, "due_at": T0, "revision": 1}, ANY)
        for n in range(20)
    ]
    await store.commit(Commit(clocks))
    told = Statement("put_meta", {"key": "told", "value": "1"})
    firing = [
        Commit([_clock(n, 1 + n % 2), told, Statement("put_meta", told.params, ANY)], bulk=True)
        for n in range(20)
    ]

    outcomes = await asyncio.gather(*map(store.commit, firing), return_exceptions=True)

    assert [isinstance(outcome, Conflict) for outcome in outcomes] == [False, True] * 10
    assert await backend.rows("SELECT COUNT(*) FROM deadlines") == [(10,)]


async def test_bulk_of_one_thread_keeps_its_order_among_other_writes(
    store: AnyStore, backend: Backend, sink: Recorder
) -> None:
    pair, other = await meet(store), await meet(store)
    commits = [
        posting(pair.thread, pair.buyer, "said") if n % 3 else _step(pair if n % 2 else other)
        for n in range(60)
    ]

    outcomes = await asyncio.gather(*map(store.commit, commits))

    assert all(isinstance(outcome, Applied) for outcome in outcomes)
    for thread, many in ((pair.thread, 50), (other.thread, 10)):
        assert sink.seqs_of(thread) == list(range(1, many + 1))
    kinds = await backend.rows(
        f"SELECT kind FROM events WHERE thread_id = {pair.thread} ORDER BY seq"
    )
    assert [kind for (kind,) in kinds][:4] == [1, 1, 4, 1]


async def test_a_mistake_in_bulk_hurts_nobody_else(store: AnyStore) -> None:
    pairs = [await meet(store) for _ in range(6)]
    steps = [_step(pair) for pair in pairs]
    lacking = Statement("set_deadline", {"kind": "k", "subject_id": 1, "due_at": T0})
    wrong: dict[str, Value] = {
        "kind": "k",
        "subject_id": "not a number",
        "due_at": T0,
        "revision": 1,
    }
    steps += [_step(pairs[0], lacking), _step(pairs[1], Statement("set_deadline", wrong))]

    with anyio.fail_after(PATIENCE_S):
        outcomes = await asyncio.gather(*map(store.commit, steps), return_exceptions=True)

    assert [isinstance(outcome, Applied) for outcome in outcomes] == [True] * 6 + [False] * 2


async def test_a_mistake_of_a_program_is_told_to_it_and_to_nobody_else(store: AnyStore) -> None:
    pair = await meet(store)
    lacking = Statement("set_deadline", {"kind": "k", "subject_id": 1, "due_at": T0})

    with anyio.fail_after(PATIENCE_S):
        mistaken, posted = await asyncio.gather(
            store.commit(Commit([lacking])),
            post(store, pair.thread, pair.buyer),
            return_exceptions=True,
        )

    assert isinstance(mistaken, KeyError)
    assert posted == 1
    assert await post(store, pair.thread, pair.buyer) == 2
