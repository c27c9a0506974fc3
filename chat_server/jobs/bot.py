"""The bot of a node: built at its start, told of what was published, and the net under what it should have answered."""

import asyncio
import logging
from typing import Final

from chat_server.actions import support
from chat_server.actions.context import Context
from chat_server.domain.errors import Unavailable

logger = logging.getLogger("parley.jobs")

POLL_S: Final = 1.0
LATE_MS: Final = 1000
"""A question that has waited for so long was taken by a node that died, or found the store away."""


async def keep_answering(ctx: Context) -> None:
    """Runs for ever. Whoever took a question answers it at once; this finds those that nobody did."""
    while True:
        try:
            await ctx.faq.refresh(ctx.store)
            before = ctx.clock.now_ms() - LATE_MS
            for thread_id in await support.waiting_threads(ctx, before):
                await support.answer_all(ctx, thread_id)
        except Unavailable:
            logger.warning("bot.store_away")
        await asyncio.sleep(POLL_S)
