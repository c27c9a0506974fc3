"""How often a thing may be used, counted in memory. What other nodes counted is not here.

Of each key the last `limit` uses are kept, so in no window of time, wherever it is laid, are there
more than `limit` of them; and the wait that a refusal names is exact.
"""

import time
from array import array
from collections.abc import Callable
from typing import Final

MAX_KEYS: Final = 100_000
"""Beyond it the oldest keys are forgotten: memory stays flat however many addresses knock."""
FIRST_SWEEP: Final = 1_000


def monotonic_ms() -> int:
    """Milliseconds since some moment: good for differences alone."""
    return time.monotonic_ns() // 1_000_000


class _Uses:
    __slots__ = ("at", "window_ms")

    def __init__(self) -> None:
        self.at: array[int] = array("q")
        self.window_ms = 0


class Limits:
    """`now_ms` is any clock that does not step back."""

    def __init__(self, now_ms: Callable[[], int] = monotonic_ms, max_keys: int = MAX_KEYS) -> None:
        self.now_ms = now_ms
        self._max_keys = max_keys
        self._keys: dict[str, _Uses] = {}
        self._sweep_at = min(FIRST_SWEEP, max_keys)

    def __len__(self) -> int:
        return len(self._keys)

    def take(self, key: str, limit: int, window_ms: int) -> int:
        """Counts one use and returns 0; or counts nothing and returns the milliseconds to wait."""
        wait = self.wait(key, limit, window_ms)
        if not wait:
            self.count(key, limit, window_ms, self.now_ms())
        return wait

    def wait(self, key: str, limit: int, window_ms: int) -> int:
        """The milliseconds until the next use is free; counts nothing."""
        if limit < 1:
            return window_ms
        uses = self._keys.get(key)
        if uses is None or len(uses.at) < limit:
            return 0
        return max(0, uses.at[-limit] + window_ms - self.now_ms())

    def count(self, key: str, limit: int, window_ms: int, at_ms: int) -> None:
        """Counts a use that was made at this time of `now_ms`."""
        uses = self._keys.get(key)
        if uses is None:
            if len(self._keys) >= self._sweep_at:
                self._sweep()
            uses = self._keys[key] = _Uses()
        uses.window_ms = window_ms
        uses.at.append(at_ms)
        if len(uses.at) > limit:
            del uses.at[: len(uses.at) - limit]

    def _sweep(self) -> None:
        """Forgets keys whose windows are over; where that is too few, a quarter, oldest first."""
        now = self.now_ms()
        self._keys = {key: u for key, u in self._keys.items() if u.at[-1] + u.window_ms > now}
        if len(self._keys) >= self._max_keys:
            for key in list(self._keys)[: max(1, self._max_keys // 4)]:
                del self._keys[key]
        # Twice what is alive: on average a sweep costs each new key no more than a glance.
        self._sweep_at = min(self._max_keys, max(FIRST_SWEEP, 2 * len(self._keys)))
