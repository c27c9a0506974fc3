"""The client's background work: started, watched, ended together."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from chat_server.ending import end


class Tasks:
    """None of them may fail: a mistake of ours, or of the listener, ends the client."""

    def __init__(self, failed: Callable[[BaseException], None]) -> None:
        self._failed = failed
        self._running: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Runs it until it ends or all are ended."""
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)

    async def end(self) -> None:
        """Cancels all, and waits for them."""
        await end(self._running)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self._failed(error)
