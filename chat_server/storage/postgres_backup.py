"""Backup and restore of a PostgreSQL database over its connection alone, without its programs.

The file is a ZIP archive: `parley-backup.json` with its format, the schema version and the columns
of each table, and `NAME.copy` with the rows of each, in the text format of COPY, in UTF-8.
"""

import contextlib
import graphlib
import json
import os
import secrets
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import asyncpg

from chat_server.storage.migrate import migrations
from chat_server.storage.postgres import migrate
from chat_server.storage.queries import load

FORMAT: Final = 1
HEAD: Final = "parley-backup.json"
VERSIONS: Final = "schema_version"
SEEDED: Final = ("meta", "teams")
"""Tables in which an empty database has something."""

Tables = dict[str, list[str]]


async def backup(url: str, target: Path) -> None:
    """Writes all that the database holds, as of one instant, while others go on using it.

    The target appears when it is complete.
    """
    part = target.with_name(target.name + ".part")
    async with _connected(url) as db, db.transaction(isolation="repeatable_read", readonly=True):
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            tables = await _tables(db)
            for table, columns in tables.items():
                with archive.open(f"{table}.copy", "w", force_zip64=True) as file:
                    await db.copy_from_query(_export(table, columns), output=file)
            schema = await db.fetchval(f"SELECT MAX(number) FROM {VERSIONS}")  # noqa: S608  # a constant
            head = {"format": FORMAT, "schema": schema, "tables": tables}
            archive.writestr(HEAD, json.dumps(head, indent=1))
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(target)


async def restore(source: Path, url: str) -> str:
    """Fills an empty database from a backup, whole or not at all; returns its new epoch.

    Clients that learnt more than the backup holds see the other epoch, reload, and offer again
    whatever the server had not acknowledged. Raises RuntimeError where the backup or the database
    cannot be used.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            return await _restore(archive, url)
    except (zipfile.BadZipFile, LookupError, ValueError, asyncpg.PostgresError) as error:
        raise RuntimeError(f"This is no whole backup of Parley's: {error}") from error


async def _restore(archive: zipfile.ZipFile, url: str) -> str:
    head = json.loads(archive.read(HEAD))
    if head["format"] != FORMAT or head["schema"] > len(migrations("postgres")):
        raise RuntimeError("This backup was made by a newer Parley: restore it with that one.")
    version = await migrate(url, up_to=head["schema"])
    if version != head["schema"]:
        raise RuntimeError(
            f"The backup has schema version {head['schema']}, the database {version} already: "
            "give it an empty one."
        )
    async with _connected(url) as db, db.transaction():
        epoch = await _fill(db, archive, head["tables"])
    await migrate(url)
    return epoch


async def _fill(db: Any, archive: zipfile.ZipFile, tables: Tables) -> str:
    for table in tables:
        if table not in SEEDED and await db.fetchval(f'SELECT 1 FROM "{table}" LIMIT 1'):  # noqa: S608
            raise RuntimeError(f"The database is not empty: there is something in {table}.")
    for table in SEEDED:
        if table in tables:
            await db.execute(f'DELETE FROM "{table}"')  # noqa: S608  # a constant
    for table in (name for name in await _tables(db) if name in tables):
        with archive.open(f"{table}.copy") as file:
            await db.copy_to_table(table, source=file, columns=tables[table])
    await _advance_counters(db)
    epoch = secrets.token_hex(16)
    await db.execute("UPDATE meta SET value = $1 WHERE key = 'epoch'", epoch)
    return epoch


async def _advance_counters(db: Any) -> None:
    """Numbers that PostgreSQL gives go on after the greatest that was restored."""
    for table, column in await db.fetch(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND is_identity = 'YES'"
    ):
        await db.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), MAX({column}))"  # noqa: S608
            f' FROM "{table}" HAVING COUNT(*) > 0'
        )


def _export(table: str, columns: list[str]) -> str:
    """What is copied out. The names come from the database's own catalogue."""
    prepared = load("postgres").get(f"export_{table}")
    source = f"({prepared.sql})" if prepared is not None else f'"{table}"'
    names = ", ".join(f'"{column}"' for column in columns)
    return f"SELECT {names} FROM {source} AS exported"  # noqa: S608


async def _tables(db: Any) -> Tables:
    """All tables but the list of migrations with their columns, each after those it refers to."""
    columns: Tables = {}
    for table, column in await db.fetch(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND table_name <> $1"
        " ORDER BY table_name, ordinal_position",
        VERSIONS,
    ):
        columns.setdefault(table, []).append(column)
    order = graphlib.TopologicalSorter({table: set() for table in columns})
    for table, other in await db.fetch(
        "SELECT c.relname, f.relname FROM pg_constraint AS k"
        " JOIN pg_class AS c ON c.oid = k.conrelid JOIN pg_class AS f ON f.oid = k.confrelid"
        " WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace"
    ):
        order.add(table, other)
    return {table: columns[table] for table in order.static_order()}


@contextlib.asynccontextmanager
async def _connected(url: str) -> AsyncIterator[Any]:
    db = await asyncpg.connect(url, timeout=10, server_settings={"statement_timeout": "0"})
    try:
        yield db
    finally:
        await db.close()
