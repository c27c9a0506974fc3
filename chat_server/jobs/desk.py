"""Support by the clock: the net under what customers wrote, hours, turns that were missed, agents who are gone."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, Final

from chat_server.actions import routing, support
from chat_server.actions.context import Context
from chat_server.domain.errors import Unavailable
from chat_server.domain.ids import PersonId, ThreadId, show
from chat_server.domain.support import ANSWER_WITHIN_MS, HEARTBEAT_MS

logger = logging.getLogger("parley.jobs")

POLL_S: Final = 1.0
GATHER_S: Final = 0.1


class Rounds:
    """One a node. Each round may be made by any number of nodes at once."""

    def __init__(self, ctx: Context, here: Callable[[], list[PersonId]]) -> None:
        """`here` are the agents who have a socket on this node."""
        self._ctx, self._here = ctx, here
        self._began = ctx.clock.now_ms()
        self._seen_at = 0
        self._news = asyncio.Event()
        self._turn = asyncio.Lock()

    def stir(self) -> None:
        """A queue or an agent may be another than before: the queues are looked at soon."""
        self._news.set()

    async def keep(self) -> None:
        """Runs for ever: a round a second."""
        while True:
            try:
                await self.make()
            except Unavailable:
                logger.warning("desk.store_away")
            await asyncio.sleep(POLL_S)

    async def keep_routing(self) -> None:
        """Runs for ever: gives threads to agents when something has changed, and lets changes gather meanwhile."""
        while True:
            await self._news.wait()
            self._news.clear()
            try:
                await routing.route_all(self._ctx)
            except Unavailable:
                logger.warning("desk.store_away")
            await asyncio.sleep(GATHER_S)

    async def make(self) -> None:
        """Everything that is due now, once. Of one node's rounds the next waits for the one before."""
        async with self._turn:
            await self._make()

    async def _make(self) -> None:
        ctx = self._ctx
        await self._say_who_is_here()
        if ctx.settings.bot:
            await ctx.faq.refresh(ctx.store)
        for thread_id in await routing.waiting_threads(ctx):
            await self._attend(thread_id)
        # Asked only here: what stands above may take seconds, and a team may close in them.
        now = ctx.clock.now_ms()
        await self._guarded(routing.keep_hours(ctx, now))
        await self._guarded(routing.end_silence(ctx, now))
        if now - self._began >= ANSWER_WITHIN_MS:
            # After an outage everybody has time to come back before anything is taken from him.
            await self._guarded(routing.take_back(ctx, now))
        await self._guarded(routing.route_all(ctx))

    async def _attend(self, thread_id: ThreadId) -> None:
        await self._guarded(support.attend(self._ctx, thread_id), thread_id=show(thread_id))

    async def _guarded(self, step: Coroutine[Any, Any, object], **about: str) -> None:
        """What cannot be read must neither end the node, again and again, nor keep all else waiting."""
        try:
            await step
        except Unavailable:
            raise
        except Exception:
            logger.exception("desk.step_failed", extra=about)

    async def _say_who_is_here(self) -> None:
        now = self._ctx.clock.now_ms()
        if 0 <= now - self._seen_at < HEARTBEAT_MS:
            return
        self._seen_at = now
        await routing.seen(self._ctx, self._here())
        await routing.forget_passes(self._ctx)
        await routing.take_from_strangers(self._ctx)
