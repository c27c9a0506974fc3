"""Background work that must not end: when a piece of it does, the process ends and is started again."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from chat_server.ending import end

logger = logging.getLogger("parley.jobs")


class Supervisor:
    """Holds the tasks of a node. Lasting ones may not end; passing ones may fail without harm."""

    def __init__(self, on_death: Callable[[], None]) -> None:
        self._on_death = on_death
        self._lasting: set[asyncio.Task[None]] = set()
        self._passing: set[asyncio.Task[None]] = set()
        self._stopping = False

    def keep(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Work that lasts as long as the process."""
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._lasting.add(task)
        task.add_done_callback(self._died)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """A short piece of work; an error in it is logged and goes no further."""
        task = asyncio.get_running_loop().create_task(work)
        self._passing.add(task)
        task.add_done_callback(self._passed)

    async def stop(self) -> None:
        """Lets the short pieces finish (5 s), ends the lasting ones."""
        self._stopping = True
        if self._passing:
            await asyncio.wait(tuple(self._passing), timeout=5)
        await end((*self._lasting, *self._passing))

    def _died(self, task: asyncio.Task[None]) -> None:
        self._lasting.discard(task)
        if self._stopping:
            return
        error = None if task.cancelled() else task.exception()
        logger.critical("job.died", extra={"job": task.get_name()}, exc_info=error)
        self._on_death()

    def _passed(self, task: asyncio.Task[None]) -> None:
        self._passing.discard(task)
        if not task.cancelled() and task.exception() is not None:
            logger.error("task.failed", exc_info=task.exception())
