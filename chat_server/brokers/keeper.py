"""Keeps the link to Redis: opens it, looks whether it still lives, opens it again.

What is said over it is decided elsewhere.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from redis.backoff import FullJitterBackoff

from chat_server.brokers.link import BROKEN, Link
from chat_server.brokers.pace import Pace
from chat_server.ending import end

logger = logging.getLogger(__name__)


class Reports(NamedTuple):
    """Whom the keeper tells what. Called on the loop; all but `exchange` must not wait or raise."""

    exchange: Callable[[], Awaitable[None]]
    """Somebody rang, or a tick has passed: one round trip is due."""
    heard: Callable[[bytes], None]
    """A payload was published on our channel."""
    opened: Callable[[], None]
    """The link is open. `is_first` tells whether one was missed before."""
    ticked: Callable[[], None]
    """A tick of an open link has passed."""
    silent: Callable[[], None]
    """No answer is to be expected for now: Redis is silent, or the link is gone."""
    closed: Callable[[], None]
    """The link is gone."""


class Keeper:
    """`is_open` is whether there is a link; `answers` is whether Redis also speaks."""

    def __init__(self, link: Link, pace: Pace, reports: Reports) -> None:
        self.is_open = False
        self.answers = False
        self.is_first = True
        self._link = link
        self._pace = pace
        self._reports = reports
        # At random up to a bound that grows: nodes cut together do not come back together.
        self._pauses = FullJitterBackoff(cap=pace.longest_pause_s, base=0.1)
        self._due = asyncio.Event()
        self._tried = asyncio.Event()
        self._ticks = 0
        self._owed: dict[str, int] = {}
        """For each connection that owes us an answer, the tick at which we asked.

        Ticks, not seconds: a process that was itself stopped for a while blames nobody for it.
        """
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Returns once the first attempt has ended, or after `start_s`."""
        # It outlives every error but its cancellation, so nobody has to watch over it.
        self._task = asyncio.get_running_loop().create_task(self._keep(), name="broker")
        try:
            async with asyncio.timeout(self._pace.start_s):
                await self._tried.wait()
        except TimeoutError:
            pass

    async def stop(self) -> None:
        """Hangs up for good."""
        if self._task is not None:
            await end({self._task})
            self._task = None

    def ring(self) -> None:
        """An exchange when the loop turns, or as soon as the one under way has ended."""
        self._due.set()

    async def _keep(self) -> None:
        attempt = 0
        while True:
            try:
                async with asyncio.timeout(self._pace.connect_s):
                    await self._link.open()
                attempt = 0
                await self._hold()
            except* BROKEN as errors:
                if attempt == 0:
                    event = "broker.cut" if self.is_open else "broker.unreachable"
                    error = errors.exceptions[0]
                    logger.warning(event, extra={"error": f"{type(error).__name__}: {error}"})
            except* Exception:  # Whatever it was, the next attempt begins afresh.
                logger.exception("broker.failed")
            finally:
                self._let_go()
                await self._link.close()
            attempt = min(attempt + 1, 10)
            await asyncio.sleep(self._pauses.compute(attempt))

    async def _hold(self) -> None:
        """Uses the open link until it breaks."""
        self.is_open = self.answers = True
        self._owed.clear()
        logger.info("broker.connected")
        self._reports.opened()
        self._tried.set()
        self.is_first = False
        async with asyncio.TaskGroup() as tasks:
            for work in (self._send(), self._listen(), self._watch()):
                tasks.create_task(work)

    def _let_go(self) -> None:
        was_open, self.is_open = self.is_open, False
        self.answers = self.is_first = False
        self._tried.set()
        if was_open:
            self._reports.silent()
            self._reports.closed()

    async def _send(self) -> None:
        while True:
            await self._due.wait()
            self._due.clear()
            self._owed["exchange"] = self._ticks
            await self._reports.exchange()
            self._owed.pop("exchange")

    async def _listen(self) -> None:
        while True:
            payload = await self._link.hear()
            self._owed.pop("ping", None)
            if payload is not None:
                self._reports.heard(payload)

    async def _watch(self) -> None:
        while True:
            self.ring()
            if "ping" not in self._owed:
                self._owed["ping"] = self._ticks
                await self._link.ping()
            await asyncio.sleep(self._pace.tick_s)
            self._ticks += 1
            self._judge(self._ticks - min(self._owed.values(), default=self._ticks))
            self._reports.ticked()

    def _judge(self, silent_ticks: int) -> None:
        if silent_ticks >= self._pace.cut_ticks:
            raise TimeoutError("Redis says nothing any longer")
        answered, self.answers = self.answers, silent_ticks < self._pace.silent_ticks
        if answered and not self.answers:
            logger.warning("broker.silent")
            self._reports.silent()
