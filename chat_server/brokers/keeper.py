"""Keeps one connection to Redis: makes it, listens whether it still lives, makes another.

What is said over it is decided elsewhere.
"""

import asyncio
import logging
import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

from chat_server.brokers.address import Address
from chat_server.brokers.line import Line, open_line
from chat_server.brokers.pace import Pace

logger = logging.getLogger(__name__)

_chance = random.SystemRandom()


class Reports(NamedTuple):
    """Whom the keeper tells what. Called on the loop; none of them may block."""

    heard: Callable[[bytes], None]
    """A payload was published on our channel."""
    writable: Callable[[], None]
    """The line takes more again."""
    opened: Callable[[], None]
    """There is a line. `is_first` tells whether one was missed before."""
    ticked: Callable[[], None]
    """A tick of an open line has passed."""
    silent: Callable[[], None]
    """No answer is to be expected for now: Redis is silent, or the line is gone."""
    closed: Callable[[], None]
    """The line is gone."""


class Keeper:
    """`line` is the open connection or None; `answers` is whether it also speaks."""

    def __init__(
        self, address: Address, greeting: Sequence[bytes], pace: Pace, reports: Reports
    ) -> None:
        self.line: Line | None = None
        self.answers = False
        self.is_first = True
        self._address = address
        self._greeting = greeting
        self._pace = pace
        self._reports = reports
        self._tried = asyncio.Event()
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
            self._task.cancel()
            await asyncio.wait({self._task})
            self._task = None

    async def _keep(self) -> None:
        attempt = 0
        while True:
            line = Line(self._reports.heard, self._reports.writable)
            try:
                # Not wait_for, which up to Python 3.11 may swallow the cancellation of `stop`.
                async with asyncio.timeout(self._pace.connect_s):
                    await open_line(self._address, line, self._greeting)
                attempt = 0
                await self._hold(line)
            except OSError as error:
                if attempt == 0:
                    facts = {"redis": str(self._address), "error": str(error)}
                    logger.warning("broker.unreachable", extra=facts)
            except Exception:  # Whatever it was, the next connection begins afresh.
                logger.exception("broker.failed")
            finally:
                self._let_go(line)
            attempt += 1
            await asyncio.sleep(_pause(attempt, self._pace.longest_pause_s))

    async def _hold(self, line: Line) -> None:
        """Watches over an open connection until it breaks."""
        self.line = line
        self.answers = True
        logger.info("broker.connected", extra={"redis": str(self._address)})
        self._reports.opened()
        self._tried.set()
        self.is_first = False
        while not line.closed.done():
            await asyncio.wait({line.closed}, timeout=self._pace.tick_s)
            self._judge(line, line.tick())
            self._reports.ticked()
        logger.warning("broker.cut", extra={"redis": str(self._address)})

    def _judge(self, line: Line, silent_ticks: int) -> None:
        if silent_ticks >= self._pace.cut_ticks:
            line.abort()
        elif silent_ticks >= self._pace.silent_ticks and self.answers:
            self.answers = False
            logger.warning("broker.silent", extra={"redis": str(self._address)})
            self._reports.silent()
        elif silent_ticks == 0:
            self.answers = True

    def _let_go(self, line: Line) -> None:
        line.abort()
        was_open = self.line is not None
        self.line = None
        self.answers = False
        self.is_first = False
        self._tried.set()
        if was_open:
            self._reports.silent()
            self._reports.closed()


def _pause(attempt: int, longest_s: float) -> float:
    """At random up to a bound that grows: nodes cut together do not come back together."""
    return _chance.uniform(0.02, min(longest_s, 0.1 * 2.0 ** min(attempt, 10)))
