"""Empties the outbox of webhooks, on every node: of two that want the same one, one finds it taken."""

import asyncio
import contextlib
import logging
from typing import Final

from chat_server.actions import webhook_sending
from chat_server.actions.context import Context
from chat_server.domain.errors import Unavailable

logger = logging.getLogger("parley.jobs")

POLL_S: Final = 1.0


async def keep_sending(ctx: Context) -> None:
    """Runs for ever: looks every second, and at once where this node has something to tell.

    Each endpoint is served by itself: one that is slow keeps no other waiting.
    """
    busy: set[int] = set()
    async with asyncio.TaskGroup() as tasks:
        while True:
            ctx.webhooks_queued.clear()
            try:
                for endpoint_id in await webhook_sending.waited_for(ctx):
                    if endpoint_id not in busy:
                        busy.add(endpoint_id)
                        tasks.create_task(_serve(ctx, endpoint_id, busy))
            except Unavailable:
                logger.warning("webhooks.store_away")
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(POLL_S):
                    await ctx.webhooks_queued.wait()


async def _serve(ctx: Context, endpoint_id: int, busy: set[int]) -> None:
    """Sends what is due to one endpoint; what comes while it does is seen when it is looked for next."""
    try:
        while await webhook_sending.send_due(ctx, endpoint_id):
            pass
    except Unavailable:
        logger.warning("webhooks.store_away")
    finally:
        busy.discard(endpoint_id)
