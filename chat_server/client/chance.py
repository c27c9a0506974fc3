"""Client keys, and how long to stay away before coming back."""

import random
import secrets
import time
import uuid

FIRST_S = 0.5
MOST_S = 30.0


def new_key() -> str:
    """A UUIDv7: the milliseconds first, so that the server's index of keys grows at its end."""
    ms = time.time_ns() // 1_000_000
    number = ms << 80 | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=number))


def pause(attempt: int, first_s: float = FIRST_S, most_s: float = MOST_S) -> float:
    """Seconds before try number `attempt` (from 0): full jitter, so that many do not come back as one."""
    ceiling: float = min(most_s, first_s * 2 ** min(attempt + 2, 10))
    return first_s + random.random() * (ceiling - first_s)  # noqa: S311  It guards nothing.
