"""Leaves alone for a while what has failed too often; time is given, not taken."""


class Breaker:
    """Closed while things go well. Not frozen: it is the state itself.

    After `most` failures in a row nothing is let through for `pause_ms`, then one try each `pause_ms` until
    one of them goes well.
    """

    __slots__ = ("_failures", "_most", "_pause_ms", "_until_ms")

    def __init__(self, most: int, pause_ms: int) -> None:
        self._most = most
        self._pause_ms = pause_ms
        self._failures = 0
        self._until_ms = 0

    @property
    def is_open(self) -> bool:
        """Whether it has failed too often."""
        return self._failures >= self._most

    def lets(self, now_ms: int) -> bool:
        """Whether it may be tried now; asking is taking the try."""
        if not self.is_open:
            return True
        if now_ms < self._until_ms:
            return False
        self._until_ms = now_ms + self._pause_ms
        return True

    def succeeded(self) -> None:
        """It went well: all is forgotten."""
        self._failures = 0

    def failed(self, now_ms: int) -> None:
        """It did not."""
        self._failures += 1
        if self.is_open:
            self._until_ms = now_ms + self._pause_ms
