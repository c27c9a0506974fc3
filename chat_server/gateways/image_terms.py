"""What the server and its decoding processes agree on.

Nothing of an image library may be imported here: the web process reads this, and never decodes.
"""

import enum
from typing import Final, NamedTuple

FULL_BYTES: Final = 8 * 1024 * 1024
"""The largest file that is kept. It bounds what uploads hold in the web process."""

REQUEST: Final = b"?"
"""Sent with two open files: the upload, and where the result goes. Answered by one line of JSON."""

REPLY_BYTES: Final = 4096

RETRY_MS: Final = 5_000
"""When what could not be served may be asked for again."""


class Refusal(enum.StrEnum):
    """Why a photo is not taken: the closed set of reasons of `PhotoRefused`."""

    EMPTY = "empty"
    UNSUPPORTED = "unsupported"
    UNREADABLE = "unreadable"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_SLOW = "too_slow"


class Limits(NamedTuple):
    """What one image may cost (SECURITY: files)."""

    max_pixels: int = 25_000_000
    wall_s: int = 20
    cpu_s: int = 20
    memory_bytes: int = 448 * 1024 * 1024
    """Writable memory; with the shared libraries the process stays under 512 MiB."""
