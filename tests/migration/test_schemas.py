"""The two schemas are one, column by column, but for what is said here; steps go forward, once."""

import asyncio
import contextlib
import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import asyncpg
import pytest

from chat_server.storage import migrate_url, open_store
from chat_server.storage.migrate import Migration, migrations, pending
from tests.contract.stores import patience
from tests.services.postgres import Postgres

KINDS = {"bigint": "INTEGER", "text": "TEXT", "bytea": "BLOB"}
"""What a column of SQLite is on PostgreSQL."""

ONLY_POSTGRES = {("events", "tx"), ("threads", "last_tx")}
"""Places in the stream of events, which SQLite has in `position` alone."""

WITHOUT_REFERENCES = {"events"}
"""Tables whose references PostgreSQL does not check; the schema says why."""

WORDS = "search"
"""The index of words, which each engine has in its own way."""


class Column(NamedTuple):
    """A column as both engines know it."""

    kind: str
    required: bool


class Schema(NamedTuple):
    """What a database is made of."""

    columns: dict[tuple[str, str], Column]
    keys: set[tuple[str, tuple[str, ...]]]
    """Tables with the columns that are unique together, the primary key among them."""
    indexes: set[tuple[str, tuple[str, ...]]]
    references: set[tuple[str, str, str]]


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def patient() -> Iterator[None]:
    """What is tried is what a store says, and not how soon."""
    with patience():
        yield


def read_sqlite(path: Path) -> Schema:
    columns: dict[tuple[str, str], Column] = {}
    keys: set[tuple[str, tuple[str, ...]]] = set()
    indexes: set[tuple[str, tuple[str, ...]]] = set()
    references: set[tuple[str, str, str]] = set()
    with contextlib.closing(sqlite3.connect(path)) as db:
        tables = [
            name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        ]
        for table in tables:
            if table.startswith((WORDS, "sqlite_")):
                continue
            rows = db.execute(f"PRAGMA table_info({table})").fetchall()
            for _, name, kind, required, _, key in rows:
                columns[table, name] = Column(kind, bool(required or key))
            keys.add((table, tuple(r[1] for r in sorted(rows, key=lambda r: r[5]) if r[5])))
            for index in db.execute(f"PRAGMA index_list({table})").fetchall():
                names = tuple(r[2] for r in db.execute(f"PRAGMA index_info({index[1]})"))
                (keys if index[2] else indexes).add((table, names))
            for row in db.execute(f"PRAGMA foreign_key_list({table})"):
                references.add((table, row[3], row[2]))
    return Schema(columns, keys, indexes, references)


async def read_postgres(url: str) -> Schema:
    db = await asyncpg.connect(url)
    try:
        columns = {
            (table, name): Column(KINDS.get(kind, kind), required == "NO")
            for table, name, kind, required in await db.fetch(
                "SELECT table_name, column_name, data_type, is_nullable"
                " FROM information_schema.columns WHERE table_schema = 'public'"
            )
        }
        found = await db.fetch(
            "SELECT t.relname, i.indisunique, ARRAY(SELECT a.attname::text FROM"
            " unnest(i.indkey) WITH ORDINALITY AS k (number, place)"
            " JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = k.number ORDER BY k.place)"
            " FROM pg_index AS i JOIN pg_class AS t ON t.oid = i.indrelid"
            " WHERE t.relnamespace = 'public'::regnamespace"
        )
        references = await db.fetch(
            "SELECT c.relname, a.attname, f.relname FROM pg_constraint AS k"
            " JOIN pg_class AS c ON c.oid = k.conrelid JOIN pg_class AS f ON f.oid = k.confrelid"
            " JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]"
            " WHERE k.contype = 'f'"
        )
    finally:
        await db.close()
    return Schema(
        {place: column for place, column in columns.items() if place[0] != WORDS},
        {(t, tuple(names)) for t, unique, names in found if unique and t != WORDS},
        {(t, tuple(names)) for t, unique, names in found if not unique and t != WORDS},
        {tuple(row) for row in references},
    )


@pytest.fixture
async def schemas(
    tmp_path: Path, postgres_server: Postgres
) -> AsyncIterator[tuple[Schema, Schema]]:
    await migrate_url(f"sqlite:///{tmp_path}/store.sqlite3")
    with postgres_server.database() as url:
        await migrate_url(url)
        yield read_sqlite(tmp_path / "store.sqlite3"), await read_postgres(url)


async def test_the_engines_agree_column_by_column(schemas: tuple[Schema, Schema]) -> None:
    sqlite, postgres = schemas

    extra = {place: column for place, column in postgres.columns.items() if place in ONLY_POSTGRES}
    assert {column.kind for column in extra.values()} == {"xid8"}
    assert {p: c for p, c in postgres.columns.items() if p not in extra} == sqlite.columns


async def test_the_engines_agree_on_keys_indexes_and_references(
    schemas: tuple[Schema, Schema],
) -> None:
    sqlite, postgres = schemas

    # An event's place in the stream is unique by how it is given, and costs no index of its own.
    assert sqlite.keys - postgres.keys == {("events", ("position",))}
    assert postgres.keys - sqlite.keys == set()
    assert sqlite.indexes - postgres.indexes == set()
    assert postgres.indexes - sqlite.indexes == {("events", ("tx", "position"))}
    missing = sqlite.references - postgres.references
    assert {table for table, _, _ in missing} == WITHOUT_REFERENCES
    assert postgres.references <= sqlite.references


async def test_migrating_again_or_by_two_nodes_at_once_changes_nothing(
    tmp_path: Path, postgres_server: Postgres
) -> None:
    with postgres_server.database() as url:
        for target in (url, f"sqlite:///{tmp_path}/store.sqlite3"):
            nodes = 4 if target == url else 1
            versions = await asyncio.gather(*[migrate_url(target) for _ in range(nodes)])
            before = await _epoch(target, tmp_path)
            assert {*versions, await migrate_url(target)} == {len(migrations("sqlite"))}
            assert await _epoch(target, tmp_path) == before


async def test_a_database_that_is_not_up_to_date_is_not_used(postgres_server: Postgres) -> None:
    with postgres_server.database() as url:
        with pytest.raises(RuntimeError, match="parley migrate"):
            await open_store(url).start()
        await migrate_url(url)
        store = open_store(url)
        await store.start()
        await store.stop()


async def test_a_database_from_a_newer_program_is_left_alone(
    tmp_path: Path, postgres_server: Postgres
) -> None:
    path = tmp_path / "store.sqlite3"
    await migrate_url(f"sqlite:///{path}")
    with contextlib.closing(sqlite3.connect(path)) as file, file:
        file.execute("INSERT INTO schema_version VALUES (999, 'later')")
    with pytest.raises(RuntimeError, match="newer"):
        await migrate_url(f"sqlite:///{path}")

    with postgres_server.database() as url:
        await migrate_url(url)
        db = await asyncpg.connect(url)
        await db.execute("INSERT INTO schema_version VALUES (999, 'later')")
        await db.close()
        with pytest.raises(RuntimeError, match="newer"):
            await migrate_url(url)


def test_both_engines_take_the_same_steps() -> None:
    steps = [[step[:2] for step in migrations(engine)] for engine in ("sqlite", "postgres")]

    assert steps[0] == steps[1]
    assert [number for number, _ in steps[0]] == list(range(1, len(steps[0]) + 1))


def test_what_is_pending_is_what_comes_after() -> None:
    everything: list[Migration] = migrations("postgres")

    assert pending("postgres", 0) == everything
    assert pending("postgres", len(everything)) == []


def test_no_step_is_written_for_one_engine_in_the_words_of_the_other() -> None:
    for step in migrations("sqlite"):
        assert not re.search(r"\b(BIGINT|BYTEA|SERIAL)\b", step.sql)
    for step in migrations("postgres"):
        assert not re.search(r"\b(STRICT\b,|WITHOUT ROWID|BLOB)\b", step.sql)


async def _epoch(url: str, folder: Path) -> Any:
    if url.startswith("sqlite"):
        with contextlib.closing(sqlite3.connect(folder / "store.sqlite3")) as file:
            return file.execute("SELECT value FROM meta WHERE key = 'epoch'").fetchall()
    db = await asyncpg.connect(url)
    try:
        return await db.fetch("SELECT value FROM meta WHERE key = 'epoch'")
    finally:
        await db.close()
