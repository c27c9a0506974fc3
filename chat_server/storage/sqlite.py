"""The embedded engine: one writer thread that commits in groups, and readers of their own.

A group of Commits shares one transaction and one fsync. Refusals are guards in a Commit's first
statement and leave nothing to undo, so no savepoint is paid for; when anything else goes wrong the
group is rolled back and applied again, one savepoint a Commit.
"""

import asyncio
import contextlib
import logging
import operator
import queue
import secrets
import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, TypeVar

from chat_server.domain.errors import StorageFull, Unavailable
from chat_server.domain.events import Event
from chat_server.ports import (
    ANY,
    Applied,
    Commit,
    CommitSink,
    Conflict,
    Cursor,
    Done,
    Outcome,
    Query,
    Statement,
    Value,
)
from chat_server.storage.migrate import pending
from chat_server.storage.queries import Prepared, load

Row = TypeVar("Row")
logger = logging.getLogger("parley.storage")

READERS: Final = 3
PAGE_CACHE_KIB: Final = 20_000
CHECKPOINT_EVERY_S: Final = 0.2
CHECKPOINT_PAGES: Final = 8000
"""The net under the checkpoint thread: the log is folded back by a commit when it is this long."""

Job = tuple[Commit, Done]


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection as this engine wants it. Transactions are begun by hand."""
    mode = "ro" if read_only else "rwc"
    db = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=5,
        cached_statements=256,
    )
    db.execute(f"PRAGMA cache_size = -{PAGE_CACHE_KIB}")
    if read_only:
        db.execute("PRAGMA query_only = 1")
    else:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA foreign_keys = 1")
        db.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    return db


def migrate(path: Path) -> int:
    """Brings a database file up to date, making it where there is none; returns its schema version."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(connect(path)) as db:
        db.execute(
            "CREATE TABLE IF NOT EXISTS schema_version (number INTEGER PRIMARY KEY, name TEXT NOT NULL)"
        )
        (version,) = db.execute("SELECT COALESCE(MAX(number), 0) FROM schema_version").fetchone()
        for step in pending("sqlite", version):
            script = (
                f"BEGIN IMMEDIATE;\n{step.sql}\n"
                f"INSERT INTO schema_version VALUES ({step.number}, '{step.name}');\nCOMMIT;"
            )
            try:
                db.executescript(script)
            except sqlite3.Error:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise
            version = step.number
        db.execute("INSERT OR IGNORE INTO meta VALUES ('epoch', ?)", (secrets.token_hex(16),))
        return int(version)


def translate(error: sqlite3.Error) -> Exception:
    """A driver's error as the house knows it."""
    text = str(error)
    if isinstance(error, sqlite3.IntegrityError):
        return Conflict("constraint", text)
    if "full" in text or "database or disk is full" in text:
        return StorageFull()
    return Unavailable(retry_after_ms=1000)


class SqliteStore:
    """`ports.Store` on one file. Open with `start`, close with `stop`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._prepared = load("sqlite")
        self._bound = {name: (p, _binder(p.params)) for name, p in self._prepared.items()}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._sink: CommitSink | None = None
        self._batches: queue.SimpleQueue[list[Job] | None] = queue.SimpleQueue()
        self._waiting: list[Job] = []
        self._busy = False
        self._idle: asyncio.Event | None = None
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._readers: ThreadPoolExecutor | None = None
        self._reader = threading.local()
        self._reading: list[sqlite3.Connection] = []
        self._epoch = ""
        self._columns: dict[str, tuple[str, ...]] = {}

    @property
    def epoch(self) -> str:
        """Random; another one means that history was rewritten by a restore."""
        return self._epoch

    async def start(self, sink: CommitSink | None = None) -> None:
        """Opens the file, whose schema must be up to date, and begins to write and read."""
        self._loop = asyncio.get_running_loop()
        self._sink = sink
        self._db = connect(self._path)
        self._cursor = self._db.cursor()
        self._near = connect(self._path, read_only=True)
        (self._epoch,) = self._db.execute("SELECT value FROM meta WHERE key = 'epoch'").fetchone()
        self._readers = ThreadPoolExecutor(READERS, "parley-read", initializer=self._open_reader)
        for target, name in (
            (self._write, "parley-write"),
            (self._checkpoint, "parley-checkpoint"),
        ):
            thread = threading.Thread(target=target, name=name, daemon=True)
            thread.start()
            self._threads.append(thread)

    async def stop(self) -> None:
        """Finishes what was submitted, then closes everything."""
        if self._busy or self._waiting:
            self._idle = asyncio.Event()
            await self._idle.wait()
        self._stopping.set()
        self._batches.put(None)
        for thread in self._threads:
            await asyncio.to_thread(thread.join)
        if self._readers is not None:
            self._readers.shutdown(wait=True)
        for db in self._reading:
            db.close()
        self._near.close()
        self._db.close()

    # Writing: from the loop.

    def submit(self, commit: Commit, done: Done) -> None:
        """Queues a Commit; `done` is called on the loop with what became of it. Never raises."""
        self._waiting.append((commit, done))
        if not self._busy:
            self._kick()

    async def commit(self, commit: Commit) -> Applied:
        """Applies a Commit durably, or raises Conflict, Unavailable or StorageFull."""
        assert self._loop is not None
        future: asyncio.Future[Outcome] = self._loop.create_future()
        self.submit(commit, lambda outcome: None if future.done() else future.set_result(outcome))
        outcome = await future
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def _kick(self) -> None:
        batch, self._waiting = self._waiting, []
        self._busy = True
        self._batches.put(batch)

    def _settle(self, batch: list[Job], outcomes: list[Outcome]) -> None:
        """Back on the loop: the next group goes to disk while this one is handed out."""
        self._busy = False
        if self._waiting:
            self._kick()
        elif self._idle is not None:
            self._idle.set()
        if self._sink is not None:
            events = [
                (commit, outcome)
                for (commit, _), outcome in zip(batch, outcomes, strict=True)
                if commit.draft is not None and isinstance(outcome, Applied)
            ]
            if events:
                self._sink.committed(events)
        for (_, done), outcome in zip(batch, outcomes, strict=True):
            done(outcome)

    # Writing: in the writer thread.

    def _write(self) -> None:
        assert self._loop is not None
        while (batch := self._batches.get()) is not None:
            try:
                outcomes = self._together(batch)
            except Exception as error:  # noqa: BLE001  Whatever it was, the writer goes on.
                outcomes = self._apart(batch, error)
            with contextlib.suppress(RuntimeError):  # The loop is closed: nobody waits any more.
                self._loop.call_soon_threadsafe(self._settle, batch, outcomes)

    def _together(self, batch: list[Job]) -> list[Outcome]:
        """One transaction for all. Raises, with nothing written, where one must be undone."""
        db = self._db
        db.execute("BEGIN IMMEDIATE")
        try:
            outcomes = [self._apply(commit.statements) for commit, _ in batch]
            db.execute("COMMIT")
        except Exception:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
        return outcomes

    def _apart(self, batch: list[Job], cause: Exception) -> list[Outcome]:
        """One savepoint each, after a group failed: the guilty one alone is undone."""
        db = self._db
        outcomes: list[Outcome] = []
        try:
            db.execute("BEGIN IMMEDIATE")
            for commit, _ in batch:
                db.execute("SAVEPOINT one")
                try:
                    outcomes.append(self._apply(commit.statements))
                except Exception as error:
                    if not db.in_transaction:
                        raise
                    db.execute("ROLLBACK TO one")
                    outcomes.append(_refusal(error))
                db.execute("RELEASE one")
            db.execute("COMMIT")
        except sqlite3.Error as error:
            if db.in_transaction:
                db.execute("ROLLBACK")
            logger.warning("store.write_failed", extra={"error": str(error), "first": str(cause)})
            failure = translate(error)
            return [failure] * len(batch)
        return outcomes

    def _apply(self, statements: Sequence[Statement]) -> Outcome:
        """Runs one Commit. A first statement that touches too few rows is a refusal and undoes nothing."""
        carried: dict[str, Any] = {}
        rows: list[tuple[Any, ...] | None] = []
        first = True
        cursor = self._cursor
        for name, params, expected in statements:
            prepared, bind = self._bound[name]
            cursor.execute(prepared.sql, bind({**params, **carried} if carried else params))
            row = None
            touched = cursor.rowcount
            if prepared.returns:
                found = cursor.fetchall()
                touched = len(found)
                if found:
                    row = found[0]
                    carried.update(zip(self._names(prepared, cursor), row, strict=True))
            if expected not in (ANY, touched):
                if first and touched == 0:
                    return Conflict(name)
                raise _Undo(name)
            rows.append(row)
            first = False
        return Applied(rows)

    def _names(self, prepared: Prepared, cursor: sqlite3.Cursor) -> tuple[str, ...]:
        names = self._columns.get(prepared.name)
        if names is None:
            names = self._columns[prepared.name] = tuple(column[0] for column in cursor.description)
        return names

    def _checkpoint(self) -> None:
        """Folds the log back beside the writer, so that a commit seldom has to."""
        with contextlib.closing(connect(self._path)) as db:
            while not self._stopping.wait(CHECKPOINT_EVERY_S):
                with contextlib.suppress(sqlite3.Error):
                    db.execute("PRAGMA wal_checkpoint(PASSIVE)")

    # Reading.

    def _open_reader(self) -> None:
        self._reader.db = connect(self._path, read_only=True)
        self._reading.append(self._reader.db)

    def _read_near(self, work: Callable[[sqlite3.Connection], Row]) -> Row:
        """On the event loop itself: ten microseconds of work, where a thread would cost sixty."""
        try:
            return work(self._near)
        except sqlite3.Error as error:
            logger.warning("store.read_failed", extra={"error": str(error)})
            raise translate(error) from error

    async def _read(self, work: Callable[[sqlite3.Connection], Row]) -> Row:
        assert self._loop is not None and self._readers is not None

        def run() -> Row:
            try:
                return work(self._reader.db)
            except sqlite3.Error as error:
                logger.warning("store.read_failed", extra={"error": str(error)})
                raise translate(error) from error

        return await self._loop.run_in_executor(self._readers, run)

    async def all(self, query: Query[Row], **params: Value) -> list[Row]:
        """Every row of a SELECT."""
        prepared = self._prepared[query.name]
        values = [params[p] for p in prepared.params]
        make = query.row

        def read(db: sqlite3.Connection) -> list[Row]:
            return [make(*row) for row in db.execute(prepared.sql, values)]

        return self._read_near(read) if query.light else await self._read(read)

    async def one(self, query: Query[Row], **params: Value) -> Row | None:
        """The only row of a SELECT, or None."""
        rows = await self.all(query, **params)
        return rows[0] if rows else None

    async def events_after(self, cursor: Cursor, limit: int) -> tuple[list[Event], Cursor]:
        """Committed events after a place in the stream of all threads, oldest first, and the new place."""
        sql = self._prepared["stream_events"].sql
        rows = await self._read(lambda db: db.execute(sql, (cursor[0], limit)).fetchall())
        place = (rows[-1][0], 0) if rows else cursor
        return [Event(*row[1:]) for row in rows], place

    async def stream_end(self) -> Cursor:
        """The place after the last committed event."""
        sql = self._prepared["stream_end"].sql
        (position,) = await self._read(lambda db: db.execute(sql).fetchone())
        return int(position), 0

    def match_expression(self, all_of: Sequence[Sequence[str]]) -> str:
        """FTS5: groups joined by AND, words of a group by OR; a word that ends in `*` is a beginning."""
        return " AND ".join(
            "(" + " OR ".join(_quoted(word) for word in group) + ")" for group in all_of if group
        )

    async def ready(self) -> bool:
        """Whether it can be read and written now."""
        try:
            await self.commit(Commit([Statement("put_meta", {"key": "ready", "value": "1"})]))
            await self._read(lambda db: db.execute("SELECT 1").fetchone())
        except (Unavailable, Conflict):
            return False
        return True


def _quoted(word: str) -> str:
    stem = word.removesuffix("*").replace('"', '""')
    return f'"{stem}"*' if word.endswith("*") else f'"{stem}"'


Bind = Callable[[Mapping[str, Any]], Sequence[Any]]


def _binder(params: Sequence[str]) -> Bind:
    """Picks a statement's values out of all that are given, in the order of its parameters."""
    if len(params) > 1:
        return operator.itemgetter(*params)
    return lambda values: [values[param] for param in params]


class _Undo(sqlite3.Error):
    """A later statement of a Commit touched another number of rows than promised."""


def _refusal(error: Exception) -> Exception:
    """What who asked for a Commit is told. What is not the database's is a mistake in a program: it stays as it is."""
    if isinstance(error, _Undo):
        return Conflict(str(error))
    return translate(error) if isinstance(error, sqlite3.Error) else error


def backup(source: Path, target: Path) -> None:
    """Copies a database that may be in use into a new file, as of one instant.

    In one step: a copy in several would begin again at each write from elsewhere, and never end.
    """
    with (
        contextlib.closing(connect(source, read_only=True)) as db,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        db.backup(copy, pages=-1)


def restore(source: Path, target: Path) -> str:
    """Puts a backup in the place of a database that no server has open; returns its new epoch.

    Clients that learnt more than the backup holds see the other epoch, reload, and offer again
    whatever the server had not acknowledged. Raises RuntimeError for a file that is no backup.
    """
    _check_backup(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    with (
        contextlib.closing(sqlite3.connect(source)) as db,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        db.backup(copy)
    epoch = secrets.token_hex(16)
    with contextlib.closing(connect(target)) as db:
        db.execute("UPDATE meta SET value = ? WHERE key = 'epoch'", (epoch,))
    migrate(target)
    return epoch


def _check_backup(source: Path) -> None:
    try:
        with contextlib.closing(
            sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)
        ) as db:
            db.execute("SELECT value FROM meta WHERE key = 'epoch'").fetchone()
            (version,) = db.execute("SELECT MAX(number) FROM schema_version").fetchone()
    except sqlite3.Error as error:
        raise RuntimeError(f"This is no backup of Parley's: {error}") from error
    pending("sqlite", version)
