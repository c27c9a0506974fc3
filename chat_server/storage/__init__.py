"""The truth, kept by SQLite or PostgreSQL; driver errors stop at this door.

An address chooses the engine: `sqlite:///relative/path`, `sqlite:////absolute/path`, or
`postgresql://user@host/database`. An engine's library is loaded when it is asked for.
"""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from chat_server.storage.postgres import PostgresStore
    from chat_server.storage.sqlite import SqliteStore

AnyStore: TypeAlias = "SqliteStore | PostgresStore"

_SQLITE: Final = "sqlite:///"
_POSTGRES: Final = ("postgresql://", "postgres://")


def is_shared(url: str) -> bool:
    """Whether several processes may use this store at once. Raises ValueError."""
    if url.startswith(_POSTGRES):
        return True
    if url.startswith(_SQLITE) and url != _SQLITE:
        return False
    raise ValueError(
        "A store is sqlite:///path/to/file or postgresql://user:password@host/database."
    )


def open_store(url: str) -> AnyStore:
    """The store behind an address, not started: migrate it first. Raises ValueError."""
    if is_shared(url):
        from chat_server.storage.postgres import PostgresStore

        return PostgresStore(url)
    from chat_server.storage.sqlite import SqliteStore

    return SqliteStore(_path(url))


async def migrate_url(url: str) -> int:
    """Brings the store's schema up to date, making it where there is none; returns its version.

    Raises RuntimeError where the database is newer than the program.
    """
    if is_shared(url):
        from chat_server.storage import postgres

        return await postgres.migrate(url)
    from chat_server.storage import sqlite

    return await asyncio.to_thread(sqlite.migrate, _path(url))


async def backup_url(url: str, target: Path) -> None:
    """Copies the store, which may be in use, into one file. Each engine has its own kind."""
    if is_shared(url):
        from chat_server.storage import postgres_backup

        await postgres_backup.backup(url, target)
        return
    from chat_server.storage import sqlite

    await asyncio.to_thread(sqlite.backup, _path(url), target)


async def restore_url(source: Path, url: str) -> str:
    """Fills a store that nobody uses from a backup of the same engine; returns its new epoch.

    A SQLite file is replaced; a PostgreSQL database must be empty. Raises RuntimeError.
    """
    if is_shared(url):
        from chat_server.storage import postgres_backup

        return await postgres_backup.restore(source, url)
    from chat_server.storage import sqlite

    return await asyncio.to_thread(sqlite.restore, source, _path(url))


def _path(url: str) -> Path:
    return Path(url.removeprefix(_SQLITE))
