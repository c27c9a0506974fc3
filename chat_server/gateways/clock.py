"""The system's clock and randomness: the only place that asks for them."""

import secrets
import time

from chat_server.domain.ids import RANDOM_BITS, make_id


class SystemClock:
    """`ports.Clock` on the machine's own time."""

    def now_ms(self) -> int:
        """UTC, milliseconds since 1970."""
        return time.time_ns() // 1_000_000


class SystemIds:
    """`ports.Ids` on the machine's randomness."""

    def __init__(self, clock: SystemClock) -> None:
        self._clock = clock

    def new_id(self) -> int:
        """A fresh id that rises with time."""
        return make_id(self._clock.now_ms(), secrets.randbits(RANDOM_BITS))

    def new_secret(self) -> str:
        """192 random bits as URL-safe text."""
        return secrets.token_urlsafe(24)
