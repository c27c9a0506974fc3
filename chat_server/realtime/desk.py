"""What all connections of a node share: the way to actions, who listens, limits, and work in the background."""

import asyncio
import collections
import logging
from collections.abc import Callable, Coroutine
from typing import Any, Final

from chat_server.actions.context import Context
from chat_server.domain.ids import PersonId
from chat_server.domain.limits import Bucket
from chat_server.realtime.fanout import Fanout
from chat_server.realtime.hub import Hub
from chat_server.realtime.presence import Presence

logger = logging.getLogger("parley.realtime")

BUCKETS_BEFORE_SWEEP: Final = 4096


class Limits:
    """Token buckets by person, kept only while they are not full."""

    def __init__(self, rate: float, burst: int) -> None:
        self._rate, self._burst = rate, burst
        self._buckets: dict[int, Bucket] = {}
        self._sweep_at = BUCKETS_BEFORE_SWEEP

    def take(self, person_id: int, now_ms: int) -> int:
        """0, or the milliseconds to wait."""
        bucket = self._buckets.get(person_id)
        if bucket is None:
            if len(self._buckets) >= self._sweep_at:
                self._sweep(now_ms)
            bucket = self._buckets[person_id] = Bucket(self._rate, self._burst, now_ms)
        return bucket.take(now_ms)

    def _sweep(self, now_ms: int) -> None:
        self._buckets = {k: b for k, b in self._buckets.items() if not b.full(now_ms)}
        self._sweep_at = max(BUCKETS_BEFORE_SWEEP, 2 * len(self._buckets))


class Counts:
    """What the metrics page shows of sockets. Plain numbers: they are counted on the busiest path."""

    def __init__(self) -> None:
        self.opened = 0
        self.messages = 0
        self.refused: collections.Counter[str] = collections.Counter()
        self.closed: collections.Counter[str] = collections.Counter()


class Desk:
    """One a node."""

    def __init__(
        self,
        ctx: Context,
        hub: Hub,
        fanout: Fanout,
        spawn: Callable[[Coroutine[Any, Any, None]], None],
    ) -> None:
        settings = ctx.settings
        self.ctx = ctx
        self.hub = hub
        self.fanout = fanout
        self.presence = Presence(ctx.broker)
        self.spawn = spawn
        self.messages = Limits(settings.message_rate, settings.message_burst)
        self.screens = settings.product_contacts != "off"
        """Whether messages are looked through before they are stored."""
        self.counts = Counts()
        self.connections: set[Any] = set()
        self.addresses: collections.Counter[str] = collections.Counter()
        self.draining = False
        self.sentence: Callable[[str, str, str], str] = lambda code, *_: code
        """An error's code and reason as a sentence in a reader's language."""

    def agents_here(self) -> list[PersonId]:
        """Who works here and has a connection to this node."""
        return list({c.agent for c in self.connections if c.agent is not None})

    async def watch_over(self) -> None:
        """Twice a second: ends connections that never said who they are, and whose proof ran out."""
        while True:
            await asyncio.sleep(0.5)
            now = self.ctx.clock.now_ms()
            for connection in tuple(self.connections):
                connection.inspect(now)
