"""Empties the outbox of mail, on every node: of two that want the same mail, one finds it taken."""

import asyncio
import contextlib
import logging
from typing import Final

from chat_server.actions import mailing
from chat_server.actions.context import Context
from chat_server.domain.errors import Unavailable
from chat_server.ports import Mail

logger = logging.getLogger("parley.jobs")

POLL_S: Final = 1.0


async def keep_mailing(ctx: Context, mail: Mail) -> None:
    """Runs for ever: looks every second, and at once where this node has queued a mail."""
    while True:
        ctx.mail_queued.clear()
        try:
            while await mailing.send_due(ctx, mail):
                pass
        except Unavailable:
            logger.warning("mailer.store_away")
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(POLL_S):
                await ctx.mail_queued.wait()
