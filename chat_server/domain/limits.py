"""A token bucket: how much may come at once, and how much in the long run; time is given, not taken."""


class Bucket:
    """Holds up to `burst` tokens and gains `rate` of them a second. Not frozen: it is the state itself."""

    __slots__ = ("_at_ms", "_burst", "_rate", "_tokens")

    def __init__(self, rate: float, burst: int, now_ms: int) -> None:
        self._rate = rate
        self._burst = float(burst)
        self._tokens = float(burst)
        self._at_ms = now_ms

    def take(self, now_ms: int) -> int:
        """Takes one token: 0, or the milliseconds until there is one again."""
        gained = (now_ms - self._at_ms) * self._rate / 1000
        if gained > 0:
            self._tokens = min(self._burst, self._tokens + gained)
            self._at_ms = now_ms
        if self._tokens >= 1:
            self._tokens -= 1
            return 0
        return max(1, round((1 - self._tokens) / self._rate * 1000))

    def full(self, now_ms: int) -> bool:
        """Whether it would be as good as new, and may be forgotten."""
        return self._tokens + (now_ms - self._at_ms) * self._rate / 1000 >= self._burst
