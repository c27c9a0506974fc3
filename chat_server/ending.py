"""Ending tasks for certain."""

import asyncio
from collections.abc import Iterable
from typing import Any, Final

AGAIN_S: Final = 1.0
"""So long a task has for what it does at its end, and is then told again: `asyncio.wait_for` of Python 3.11, which
libraries use, forgets that it was cancelled where what it waits for comes at that very moment."""


async def end(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancels them, and returns once all have ended, however they did.

    Of what a TaskGroup inside of one holds, nothing is told again: the group passes on the first time only.
    """
    left = told = set(tasks)
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=AGAIN_S)
    # An error that nobody asks for would be logged as one that nobody expected.
    await asyncio.gather(*told, return_exceptions=True)
