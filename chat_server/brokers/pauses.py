"""Two ways of doing a thing less often than one is asked to. What is done is not known here."""

import asyncio
from collections.abc import Callable


class Spaced:
    """At once, but never twice within `pause_s`: what comes sooner waits for the pause to end."""

    def __init__(self, act: Callable[[], None], pause_s: float) -> None:
        self._act = act
        self._pause_s = pause_s
        self._next_at = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def ring(self) -> None:
        """Acts now or soon."""
        if self._timer is not None:
            return
        loop = asyncio.get_running_loop()
        if loop.time() >= self._next_at:
            self._run()
        else:
            self._timer = loop.call_at(self._next_at, self._run)

    def _run(self) -> None:
        self._timer = None
        self._next_at = asyncio.get_running_loop().time() + self._pause_s
        self._act()


class Settled:
    """Once, `pause_s` after the first of any number of rings."""

    def __init__(self, act: Callable[[], None], pause_s: float) -> None:
        self._act = act
        self._pause_s = pause_s
        self._timer: asyncio.TimerHandle | None = None

    def ring(self) -> None:
        """Acts when the pause is over; those that ring meanwhile are part of it."""
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(self._pause_s, self._run)

    def cancel(self) -> None:
        """Forgets that anybody rang."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _run(self) -> None:
        self._timer = None
        self._act()
