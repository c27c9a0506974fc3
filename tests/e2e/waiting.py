"""Waiting for what happens by itself, in other processes mostly: nobody rings here when it does."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from chat_server.client import Refused
from tests.patience import PATIENCE_S

Answer = TypeVar("Answer")


async def until(condition: Callable[[], bool], what: str, seconds: float = PATIENCE_S) -> None:
    """Looks again and again until it holds; fails with `what` when it does not for too long."""
    try:
        async with asyncio.timeout(seconds):
            while not condition():  # noqa: ASYNC110
                await asyncio.sleep(0.005)
    except TimeoutError:
        raise AssertionError(f"not within {seconds} s: {what}") from None


async def eventually(
    condition: Callable[[], Awaitable[bool]], what: str, seconds: float = PATIENCE_S
) -> None:
    """The same, where looking takes time itself."""
    try:
        async with asyncio.timeout(seconds):
            while not await condition():  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    except TimeoutError:
        raise AssertionError(f"not within {seconds} s: {what}") from None


async def told(ask: Callable[[], Awaitable[Answer]]) -> Answer:
    """What a server says in the end: whose store is slow asks its callers to come again."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            try:
                return await ask()
            except Refused as refused:
                if not refused.retryable:
                    raise
                await asyncio.sleep((refused.retry_after_ms or 100) / 1000)
