"""A world in process to which things happen at random: the real actions on a real store with a clock that is set."""

import asyncio
import atexit
import contextlib
import functools
import shutil
import sqlite3
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from chat_server.actions.context import Context
from chat_server.brokers.memory import MemoryBroker
from chat_server.settings import Settings
from chat_server.storage import open_store, sqlite
from tests.api.harness import CountedIds, SetClock
from tests.faults.scale import length

Answer = TypeVar("Answer")


@functools.cache
def template() -> Path:
    """A migrated store to copy."""
    folder = Path(tempfile.mkdtemp(prefix="parley-world-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "template.sqlite3"
    sqlite.migrate(path)
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


class _Deaf:
    """What is pushed is of no interest here."""

    def tell(self, fact: object) -> None:
        """Nobody listens."""


class World:
    """The store, the clock, and a loop to run actions in; who lives there is added by whoever builds on it."""

    def __init__(self, at: int | None = None, **values: Any) -> None:
        """`at` is the instant where the clock stands; `values` are settings."""
        self._runner = asyncio.Runner()
        self._folder = tempfile.TemporaryDirectory(prefix="parley-world-")
        path = Path(self._folder.name) / "store.sqlite3"
        shutil.copy(template(), path)
        self.clock = SetClock()
        if at is not None:
            self.clock.at = at
        settings = Settings(store=f"sqlite:///{path}", **values)
        self.ctx = Context(
            store=open_store(settings.store),
            broker=MemoryBroker(),
            clock=self.clock,
            ids=CountedIds(self.clock),
            sink=_Deaf(),
            photos=None,  # type: ignore[arg-type]  # Nobody sends one.
            passwords=None,  # type: ignore[arg-type]  # Nobody signs in.
            settings=settings,
        )
        self.run(self.ctx.store.start(None))  # type: ignore[attr-defined]  # Only engines have it.
        self.db = sqlite3.connect(path, isolation_level=None)

    def close(self) -> None:
        """Nothing of it stays."""
        self.run(self.ctx.store.stop())  # type: ignore[attr-defined]
        self.db.close()
        self._runner.close()
        self._folder.cleanup()

    def run(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        """To its end."""
        return self._runner.run(work)


def try_machine(
    machine: type[RuleBasedStateMachine], examples: tuple[int, int], steps: tuple[int, int]
) -> None:
    """Lives so many lives of so many steps each, both in `make test` and in `make soak`."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=length(*examples),
            stateful_step_count=length(*steps),
            deadline=None,
            # What fails is told as it was found: to make it shorter takes minutes, with a database under it.
            phases=(Phase.reuse, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
