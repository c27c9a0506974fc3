"""Follows the events of a shared store, so that every node delivers what any node has committed."""

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from chat_server.domain.errors import Unavailable
from chat_server.domain.events import Event
from chat_server.ports import Store

logger = logging.getLogger("parley.jobs")

BATCH: Final = 500
POLL_S: Final = 2.0
"""The net under the wake-ups: with the broker gone, a message arrives within this."""

RETRY_S: Final = 0.5


async def follow(store: Store, deliver: Callable[[Event], None], news: asyncio.Event) -> None:
    """Runs for ever; `news` says that there may be something.

    Events come in the order of the store's stream: none comes twice, none is left out.
    """
    cursor = await store.stream_end()
    while True:
        try:
            events, cursor = await store.events_after(cursor, BATCH)
        except Unavailable:
            await asyncio.sleep(RETRY_S)
            continue
        for event in events:
            deliver(event)
        if len(events) == BATCH:
            continue
        try:
            async with asyncio.timeout(POLL_S):
                await news.wait()
        except TimeoutError:
            continue
        news.clear()
