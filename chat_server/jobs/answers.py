"""Each minute: shops that go away or come back, buyers who are told so, shops that are warned of late answers."""

import asyncio
import logging
from typing import Final

from chat_server.actions import response, shop_hours
from chat_server.actions.context import Context
from chat_server.domain.errors import Unavailable

logger = logging.getLogger("parley.jobs")

POLL_S: Final = 60.0


async def watch_answers(ctx: Context) -> None:
    """Runs for ever; what two nodes see at once, one of them does."""
    while True:
        try:
            await look(ctx)
        except Unavailable:
            logger.warning("answers.store_away")
        await asyncio.sleep(POLL_S)


async def look(ctx: Context) -> None:
    """One look at what the minute has brought."""
    while await shop_hours.turn(ctx):
        pass
    await shop_hours.tell_absence(ctx)
    await response.warn(ctx)
